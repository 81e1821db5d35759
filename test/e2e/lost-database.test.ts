import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FacetClient } from "@facet/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePhotoClip } from "../integration/material.fixture.js";
import { startService, type ServiceProcess } from "./service-process.fixture.js";

const KEY = "an-admin-key-for-tests";

let folder: string;
let service: ServiceProcess;
const start = () => startService({ FACET_DATA_DIR: folder, FACET_ADMIN_KEY: KEY });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-lost-"));
  service = await start();
});
afterAll(async () => {
  await service.end("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(join(folder, "postgres", "data", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
}

test("a service whose embedded Postgres was killed says so and ends with exit 1, and the next start has all that was kept", async () => {
  const optOut = 'mutation { setViewerOptOut(input: { userId: "ann", optedOut: true }) { userErrors { code } } }';
  await new FacetClient({ url: service.baseUrl, key: KEY }).request(optOut);
  await killPostgres();
  expect(await service.ended).toEqual({ code: 1, signal: null });
  const lines = service.logged.map((line) => JSON.parse(line) as { level: number; err?: { code: string } });
  expect(lines.filter(({ level }) => level === 60)).toMatchObject([
    {
      msg: "the database is gone: shutting down",
      err: { code: "EMBEDDED_POSTGRES_LOST", message: expect.stringContaining("ended by SIGKILL") as string },
    },
  ]);

  service = await start();
  const client = new FacetClient({ url: service.baseUrl, key: KEY });
  expect(await client.request('{ viewer(id: "ann") { optedOut } }')).toEqual({ viewer: { optedOut: true } });
});

test("in the middle of an ingest too, and the next start goes on with it", async () => {
  let client = new FacetClient({ url: service.baseUrl, key: KEY });
  const uploadId = await client.upload(await makePhotoClip("black-canyon", "dust-bowl-home"), "video/mp4");
  await client.registerVideo({ id: "film", source: { uploadId } });
  await service.untilLogged(/ingest begins/);
  await killPostgres();
  expect(await service.ended).toEqual({ code: 1, signal: null });

  service = await start();
  client = new FacetClient({ url: service.baseUrl, key: KEY });
  await client.untilReady("film");
});
