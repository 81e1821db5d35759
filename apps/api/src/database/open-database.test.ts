import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DataFolderInUseError, openDatabase, type Database } from "./index.js";

// One folder and one story, since every first start takes seconds. The last close comes back to the state of the first.
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "facet-open-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const log = () => undefined;

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({ dataDir, log });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

test("without an address a Postgres of our own is started, with the present schema", async () => {
  await withDatabase(async ({ prisma, origin, serverVersion, connectionString }) => {
    expect(origin).toBe("embedded");
    expect(serverVersion).toMatch(/^18\./);
    expect(new URL(connectionString).hostname).toBe("127.0.0.1");
    await prisma.viewer.create({ data: { id: "ada" } });
  });
});

test("what was stored is there after a restart, and no migration is applied again", async () => {
  await withDatabase(async ({ prisma }) => {
    expect(await prisma.viewer.count({ where: { id: "ada" } })).toBe(1);
    expect(await prisma.$queryRaw`SELECT count(*)::int AS applied FROM _prisma_migrations`).toEqual([
      { applied: (await readdir(join(import.meta.dirname, "../../../../prisma/migrations"))).length - 1 },
    ]);
  });
});

test("nothing is acknowledged before it is on disk", async () => {
  await withDatabase(async ({ prisma }) => {
    const settings =
      await prisma.$queryRaw`SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`;
    expect(settings).toEqual([{ fsync: "on", commit: "on" }]);
  });
});

test("the password is for its owner only", async () => {
  expect((await stat(join(dataDir, "postgres", "password"))).mode & 0o777).toBe(0o600);
});

test("a second one on the same folder is told who holds it, and disturbs nothing", async () => {
  await withDatabase(async ({ prisma }) => {
    const failure: unknown = await openDatabase({ dataDir, log }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DataFolderInUseError);
    expect(failure).toMatchObject({ code: "DATA_FOLDER_IN_USE", holder: { pid: process.pid } });
    expect(String(failure)).toContain(`process ${process.pid}, since 20`);
    expect(await prisma.viewer.count()).toBe(1);
  });
});

test("a process id that another program was given since is not mistaken for a Postgres", async () => {
  const innocent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const data = join(dataDir, "postgres", "data");
  await writeFile(join(data, "postmaster.pid"), `${innocent.pid}\n${data}\n1\n5432\n\n127.0.0.1\n`);
  await withDatabase(async ({ prisma }) => {
    expect(await prisma.viewer.count()).toBe(1);
  });
  expect([innocent.exitCode, innocent.signalCode]).toEqual([null, null]);
  innocent.kill();
});

test("what a start that was killed midway left behind is in nobody's way", async () => {
  const other = join(dataDir, "other");
  await mkdir(join(other, "postgres", "data.new-1234", "base"), { recursive: true });
  await writeFile(join(other, "postgres", "data.new-1234", "PG_VERSION"), "18\n");
  const { prisma, close } = await openDatabase({ dataDir: other, log });
  expect(await prisma.viewer.count()).toBe(0);
  await close();
  expect((await readdir(join(other, "postgres"))).filter((name) => name.startsWith("data"))).toEqual(["data"]);
});
