import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { storeFrames } from "../candidate-frame/stored-frames.fixture.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { deleteViewer } from "../privacy/delete-viewer.fixture.js";
import { LikedImageRecords } from "../liked-image/liked-image-records.js";
import { LikeImport, MAX_LINES, type LikeImportParts } from "./like-import.js";
import type { LikeImportJob } from "./like-import-job.js";
import { LikeImportRecords } from "./like-import-records.js";
import type { LineLike } from "./parse-like-line.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-import-"));
  file = join(folder, "likes");
  await writeFile(file, "no JSON\n".repeat(250));
});
afterEach(() => rm(folder, { recursive: true }));

/** An import whose batches are counted; `onBatch` runs as each is written. */
function importOf(
  onBatch: () => void,
  take: LikeImportParts["intake"]["take"] = () => Promise.resolve([]),
  turnMs?: number,
) {
  const postponed: LikeImportJob[] = [];
  const ended: string[] = [];
  const failed: string[] = [];
  const begun = { id: "an-import", uploadId: "a", doneBytes: 0n, seenLines: 0, createdAt: new Date() };
  const records = {
    begin: () => Promise.resolve(begun),
    record: () => {
      onBatch();
      return Promise.resolve();
    },
    fail: (_id: string, code: string) => Promise.resolve(void failed.push(code)),
    finish: (id: string) => Promise.resolve(void ended.push(id)),
    findUploadOfEnded: () => Promise.resolve(undefined),
  };
  const likeImport = new LikeImport(
    {
      records: records as unknown as LikeImportParts["records"],
      likes: { findLiking: () => Promise.resolve(new Map()) },
      intake: { take },
      uploads: {
        find: () => Promise.resolve({ id: "a" }),
        pathOf: () => file,
      } as unknown as LikeImportParts["uploads"],
      postpone: (job) => Promise.resolve(void postponed.push(job)),
      discardUploads: () => Promise.reject(new Error("The file is needed.")),
      log: pino({ level: "silent" }),
    },
    turnMs,
  );
  return { likeImport, postponed, ended, failed };
}

const job = { importId: "an-import" };

test("at a shutdown an import goes back to the queue, and that is no failure", async () => {
  const service = new AbortController();
  const { likeImport, postponed, ended } = importOf(() => service.abort());
  await likeImport.run(job, { shutdown: service.signal, stop: service.signal });
  expect(postponed).toEqual([job]);
  expect(ended).toEqual([]);
});

/** A host that never answers. */
const hang: LikeImportParts["intake"]["take"] = (_likes, _now, bounds) =>
  new Promise((_, reject) => {
    const stop = bounds?.stop;
    stop?.addEventListener("abort", () => reject(stop.reason as Error));
  });

const TURN_MS = 1000;

/** An import whose turn is over while it takes the first batch, which ends then with whatever `ending` says. */
async function runOverTurn(ending: (stop: AbortSignal | undefined) => Error) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const take: LikeImportParts["intake"]["take"] = (_likes, _now, bounds) => {
    vi.advanceTimersByTime(TURN_MS);
    return Promise.reject(ending(bounds?.stop));
  };
  const { likeImport, postponed, ended } = importOf(() => undefined, take, TURN_MS);
  const never = new AbortController().signal;
  const running = likeImport.run(job, { shutdown: never, stop: never }).catch((error: unknown) => error);
  return { fault: await running.finally(() => vi.useRealTimers()), postponed, ended };
}

test("an import whose turn is over goes back to the queue in the middle of a batch, and that is no failure", async () => {
  const { fault, postponed, ended } = await runOverTurn((stop) => stop?.reason as Error);
  expect(fault).toBeUndefined();
  expect(postponed).toEqual([job]);
  expect(ended).toEqual([]);
});

test("a fault that comes once the turn is over is thrown all the same", async () => {
  const { fault, postponed } = await runOverTurn(() => new Error("torn"));
  expect(fault).toEqual(new Error("torn"));
  expect(postponed).toEqual([]);
});

test("a shutdown does not wait for the pictures of a batch", async () => {
  const service = new AbortController();
  const { likeImport, postponed } = importOf(
    () => undefined,
    (...asked) => {
      const taking = hang(...asked);
      service.abort();
      return taking;
    },
  );
  await likeImport.run(job, { shutdown: service.signal, stop: service.signal });
  expect(postponed).toEqual([job]);
});

test("a batch that fails is thrown while the turn is not over, so that it counts as a try", async () => {
  const { likeImport, postponed } = importOf(() => {
    throw new Error("torn");
  });
  const never = new AbortController().signal;
  await expect(likeImport.run(job, { shutdown: never, stop: never })).rejects.toThrow("torn");
  expect(postponed).toEqual([]);
});

test("a lease that is lost is thrown, too", async () => {
  const lease = new AbortController();
  const { likeImport, postponed } = importOf(() => lease.abort(new Error("the lease is lost")));
  const running = likeImport.run(job, { shutdown: new AbortController().signal, stop: lease.signal });
  await expect(running).rejects.toThrow("the lease is lost");
  expect(postponed).toEqual([]);
});

test("a viewer that is deleted while its batch is under way does not come back by it, and no other line is lost", async () => {
  const database = await openTestDatabase();
  try {
    const { prisma } = database;
    const [frame] = await storeFrames(prisma, "film", 1);
    if (frame === undefined) throw new Error("A frame was asked for.");
    const likes = new LikedImageRecords(prisma, 50);
    const like = { imageHash: frame.imageHash, sourceKind: "FRAME", likedAt: new Date(0) } as const;
    await prisma.viewer.createMany({ data: [{ id: "stays" }, { id: "goes" }, { id: "emptied" }] });
    const userIds = ["goes", "stays", "new", "never came", "emptied", "goes"];
    const lines = userIds.map((userId) => JSON.stringify({ userId, frameId: frame.id }));
    await writeFile(file, lines.join("\n"));
    const { id } = await prisma.likeImport.create({ data: { uploadId: "a", totalBytes: lines.join("\n").length } });

    const likeImport = new LikeImport({
      ...{ records: new LikeImportRecords(prisma, likes), likes },
      intake: {
        take: async (asked) => {
          for (const userId of ["goes", "never came"]) await deleteViewer(prisma, userId);
          await prisma.viewer.delete({ where: { id: "emptied" } });
          return asked.map(() => ({ ok: true, value: like }));
        },
      },
      uploads: {
        find: () => Promise.resolve({ id: "a" }),
        pathOf: () => file,
      } as unknown as LikeImportParts["uploads"],
      postpone: () => Promise.reject(new Error("Nothing shuts down.")),
      discardUploads: () => Promise.resolve(),
      log: pino({ level: "silent" }),
    });
    const { signal } = new AbortController();
    await likeImport.run({ importId: id }, { shutdown: signal, stop: signal });

    const report = await prisma.likeImportLine.findMany({ orderBy: { line: "asc" } });
    const refused = ["VIEWER_DELETED", "userId"];
    const accepted = [null, null];
    expect(report.map(({ code, field }) => [code, field])).toEqual([
      ...[refused, accepted, accepted, refused, accepted, refused],
    ]);
    const viewers = await prisma.viewer.findMany({ orderBy: { id: "asc" }, include: { likes: true } });
    expect(viewers.map((viewer) => [viewer.id, viewer.likes.length])).toEqual([
      ["emptied", 1],
      ["new", 1],
      ["stays", 1],
    ]);
  } finally {
    await database.close();
  }
});

test("a byte-order mark before the first line is no part of it, and before another one is no JSON", async () => {
  const line = (userId: string) => `\uFEFF${JSON.stringify({ userId, url: "https://media.example/a.jpg" })}\n`;
  await writeFile(file, line("first") + line("second"));
  const taken: string[] = [];
  const { likeImport } = importOf(
    () => undefined,
    (asked) => {
      taken.push(...asked.map((like) => (like as LineLike).userId));
      return Promise.resolve(
        asked.map(() => ({ ok: false, error: { code: "URL_NOT_REACHABLE", message: "", field: null } })),
      );
    },
  );
  const never = new AbortController().signal;
  await likeImport.run(job, { shutdown: never, stop: never }).catch(() => undefined);
  expect(taken).toEqual(["first"]);
});

test.each([
  [MAX_LINES, "", []],
  [MAX_LINES, "\n", []],
  [MAX_LINES + 1, "", ["LIMIT_EXCEEDED"]],
  [MAX_LINES + 1, "\n", ["LIMIT_EXCEEDED"]],
])("a file of %i lines, the last of which ends with %j, comes to %j", async (lines, end, codes) => {
  await writeFile(file, `${"\n".repeat(lines - 1)}no JSON${end}`);
  const { likeImport, ended, failed } = importOf(() => undefined);
  const never = new AbortController().signal;
  await likeImport.run(job, { shutdown: never, stop: never });
  expect(failed).toEqual(codes);
  expect(ended).toEqual(codes.length === 0 ? [job.importId] : []);
});
