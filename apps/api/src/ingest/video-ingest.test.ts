import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DecoderUnavailableError, type FfmpegTools } from "@facet/frame-extraction";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { toIngestJob } from "./ingest-job.js";
import { IngestRecords } from "./ingest-records.js";
import { VideoIngest } from "./video-ingest.js";

let database: Database;
let folder: string;
beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "facet-ingest-"));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test("ingests of one video wait for each other; one that was registered anew waits for none of the former's", () => {
  const ingest = new VideoIngest(null as never);
  const first = { videoId: "film", registeredAt: "2026-11-29T02:00:00.000Z", revision: 1 };
  const anew = { ...first, registeredAt: "2026-11-29T02:00:01.000Z" };
  expect(ingest.leaseKey({ ...first, revision: 2 })).toBe(ingest.leaseKey(first));
  expect(ingest.leaseKey(anew)).not.toBe(ingest.leaseKey(first));
  expect(ingest.leaseKey({ ...first, videoId: "film 2" })).not.toBe(ingest.leaseKey(first));
});

test("where ffmpeg cannot be run the video waits for another try, and once given up is told of no folder", async () => {
  const path = join(folder, "film.mp4");
  await writeFile(path, "would be a video");
  const data = { id: "film", sourceKind: "PATH", sourceRef: "film.mp4" } as const;
  const job = toIngestJob(await database.prisma.video.create({ data }), 1);
  const ffmpeg: FfmpegTools = {
    ...{ ffmpegPath: join(folder, "ffmpeg"), ffprobePath: join(folder, "ffprobe"), version: "5.1", origin: "npm" },
  };
  const ingest = new VideoIngest({
    ...{ ffmpeg, records: new IngestRecords(database.prisma, { enqueue: () => Promise.resolve() }) },
    ...{ unsafeThreshold: null, maxBytes: 1_000_000, log: pino({ level: "silent" }) },
    sourceFiles: { open: () => Promise.resolve({ path, release: () => Promise.resolve() }) },
    // Without a frame, neither is asked.
    ...{ images: null as never, encoder: null as never },
  });
  const never = new AbortController().signal;
  const find = () => database.prisma.video.findUniqueOrThrow({ where: { id: "film" } });

  await expect(ingest.run(job, { shutdown: never, stop: never })).rejects.toBeInstanceOf(DecoderUnavailableError);
  expect(await find()).toMatchObject({ status: "PENDING", ingestStage: "QUEUED", failureCode: null });

  await ingest.giveUp(job);
  const { status, failureCode, failureMessage } = await find();
  expect({ status, failureCode }).toEqual({ status: "FAILED", failureCode: "INTERNAL_ERROR" });
  expect(failureMessage).toBeTruthy();
  expect(failureMessage).not.toContain(folder);
});
