import { chmod, chown, mkdir, mkdtemp, readlink, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DatabaseProcess, isAlive, waitForEnd } from "./database-process.js";

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn("SKIPPED, because only root can try it: the embedded Postgres as root and as other users.");

let folder: string;
let opened: DatabaseProcess[] = [];
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "facet-embedded-")));
});
afterEach(async () => {
  for (const process of opened) await process.end("SIGTERM");
  opened = [];
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

async function open(...args: Parameters<typeof DatabaseProcess.open>): Promise<DatabaseProcess> {
  const process = await DatabaseProcess.open(...args);
  opened.push(process);
  return process;
}

describe("one data folder", () => {
  const addViewer = (id: string) => `INSERT INTO viewer (id) VALUES ('${id}')`;
  const readViewers = "SELECT id FROM viewer ORDER BY id";

  test("twice at once: the second says who holds it", async () => {
    const first = await open(folder);
    const second = await open(folder);
    expect(second.error).toMatchObject({ code: "DATA_FOLDER_IN_USE" });
    expect(second.error?.message).toContain(`process ${first.pid}, since `);
    expect(await first.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("Postgres stops with a process that is sent %s", async (signal) => {
    const service = await open(folder);
    const postgres = await service.findPostgres();
    expect(isAlive(postgres)).toBe(true);
    await service.end(signal);
    await waitForEnd(postgres);
  });

  test("after a kill -9 of the service alone, its Postgres is found, and everything stored is there", async () => {
    const killed = await open(folder);
    await killed.query(addViewer("ada"));
    const postgres = await killed.findPostgres();
    await killed.end("SIGKILL");
    expect(isAlive(postgres)).toBe(true);

    const next = await open(folder);
    expect(next.error).toBeUndefined();
    expect(await next.query(readViewers)).toEqual([{ id: "ada" }]);
    expect(next.log.join()).toContain(`process ${postgres}`);
    expect(isAlive(postgres)).toBe(false);
  });

  test("after a kill -9 of everything, all that was acknowledged is there", async () => {
    const killed = await open(folder);
    await killed.query(addViewer("bob"));
    const postgres = await killed.findPostgres();
    process.kill(postgres, "SIGKILL");
    await killed.end("SIGKILL");

    const next = await open(folder);
    expect(next.error).toBeUndefined();
    expect(await next.query(readViewers)).toEqual([{ id: "ada" }, { id: "bob" }]);
  });
});

describe.runIf(isRoot)("as root", () => {
  test("a data folder below one that is closed to others is kept elsewhere, and stays the same one", async () => {
    const closed = join(folder, "closed");
    const dataDir = join(closed, "checkout", ".facet");
    await mkdir(dataDir, { recursive: true });
    await chmod(closed, 0o700);

    const first = await open(dataDir);
    expect(first.error).toBeUndefined();
    const place = await readlink(join(dataDir, "postgres"));
    try {
      expect(first.log.join("\n")).toContain(place);
      await first.query("INSERT INTO viewer (id) VALUES ('ada')");
      await first.end("SIGTERM");

      const second = await open(dataDir);
      expect(await second.query("SELECT id FROM viewer")).toEqual([{ id: "ada" }]);
      expect(await readlink(join(dataDir, "postgres"))).toBe(place);
      await second.end("SIGTERM");
      expect((await stat(closed)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    }
  });

  test("another user than root may start it in a folder of its own", async ({ skip }) => {
    const nobody = { uid: 65534, gid: 65534 };
    await chmod(folder, 0o755);
    const home = join(folder, "home-of-nobody");
    await mkdir(home, { mode: 0o700 });
    await chown(home, nobody.uid, nobody.gid);

    const asNobody = await open(join(home, ".facet"), nobody);
    // The checkout itself may be closed to that user.
    if (asNobody.error === undefined && asNobody.connectionString === "") {
      console.warn("SKIPPED, because this checkout cannot be read by another user.");
      skip();
    }
    expect(asNobody.error).toBeUndefined();
    expect(await asNobody.query("SELECT count(*)::int AS viewers FROM viewer")).toEqual([{ viewers: 0 }]);
    expect((await stat(join(home, ".facet/postgres/data"))).uid).toBe(nobody.uid);
  });

  test("Postgres runs as the owner of the folder around it", async () => {
    const { uid, gid } = { uid: 65534, gid: 65534 };
    await chmod(folder, 0o755);
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    await chown(home, uid, gid);

    const asRoot = await open(join(home, ".facet"));
    expect(asRoot.error).toBeUndefined();
    expect((await stat(join(home, ".facet/postgres/data"))).uid).toBe(uid);
  });
});
