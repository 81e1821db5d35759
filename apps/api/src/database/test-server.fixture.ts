import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { Releasers } from "../releasers.js";
import { applyMigrations } from "./apply-migrations.js";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with the connection string of a migrated database to copy. */
    databaseServer: string;
  }
}

/** Nothing here outlives the test run, so nothing has to be safe on disk. */
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * Global set-up of vitest: one Postgres for all test files of a run. It starts when the first test asks for it, so that a
 * run without a database costs nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const releasers = new Releasers();
  let starting: Promise<string> | undefined;
  const door = createServer((_request, response) => {
    starting ??= start(releasers);
    starting.then(
      (connectionString) => response.end(connectionString),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done));
  releasers.add(() => {
    door.closeAllConnections();
    door.close();
  });
  project.provide("databaseServer", `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return () => releasers.release();
}

async function start(releasers: Releasers): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "facet-test-server-"));
  releasers.add(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: SETTINGS });
  releasers.add(() => server.stop());
  await applyMigrations(server.connectionString);
  return server.connectionString;
}
