import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LikeImport, type LikeImportParts } from "./like-import.js";
import type { LikeImportJob } from "./like-import-job.js";

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
  const begun = { id: "an-import", uploadId: "a", doneBytes: 0n, seenLines: 0, createdAt: new Date() };
  const records = {
    begin: () => Promise.resolve(begun),
    record: () => {
      onBatch();
      return Promise.resolve();
    },
    finish: (id: string) => Promise.resolve(void ended.push(id)),
    findUploadOfEnded: () => Promise.resolve(undefined),
  };
  const likeImport = new LikeImport(
    {
      records: records as unknown as LikeImportParts["records"],
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
  return { likeImport, postponed, ended };
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

test("an import whose turn is over goes back to the queue in the middle of a batch, and that is no failure", async () => {
  const { likeImport, postponed, ended } = importOf(() => undefined, hang, 1);
  await likeImport.run(job, { shutdown: new AbortController().signal, stop: new AbortController().signal });
  expect(postponed).toEqual([job]);
  expect(ended).toEqual([]);
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

test("what fails otherwise is thrown, so that it counts as a try", async () => {
  const lease = new AbortController();
  const { likeImport, postponed } = importOf(() => lease.abort(new Error("the lease is lost")));
  const running = likeImport.run(job, { shutdown: new AbortController().signal, stop: lease.signal });
  await expect(running).rejects.toThrow("the lease is lost");
  expect(postponed).toEqual([]);
});
