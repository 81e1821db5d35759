import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Models } from "../../apps/api/src/check-models.js";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { chooseCover, findVideo, recordLikedImage, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { findTraces } from "./find-traces.fixture.js";
import { makeSyntheticClip } from "./material.fixture.js";
import { mutate } from "./mutation.fixture.js";
import { storeVideo } from "./stored-video.fixture.js";

type Encode = Models["encoder"]["secondConvolutionUnit"];
let service: TestService;
let clip: Buffer;
/** What happens before candidate frames are encoded. */
let beforeEncoding: () => Promise<void> = () => Promise.resolve();
/** What the log held, line by line. */
let logged: { level: number; msg: string }[] = [];
const client = () => service.client;

beforeAll(async () => {
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(JSON.parse(line) as never) });
  service = await startTestService(
    {},
    ({ encoder, scorer }) => {
      const secondConvolutionUnit: Encode = async (frames) => {
        await beforeEncoding();
        // Which feature a frame has is of no matter here, and encoding takes long.
        const feature = new Float32Array(encoder.width).fill(1 / Math.sqrt(encoder.width));
        return frames.map(() => ({ feature, unsafeScore: 0 }));
      };
      return {
        scorer,
        encoder: {
          ...{ engine: encoder.engine, version: encoder.version, width: encoder.width, imageBytes: encoder.imageBytes },
          firstConvolutionUnit: (images) => encoder.firstConvolutionUnit(images),
          secondConvolutionUnit,
          dispose: () => encoder.dispose(),
        },
      };
    },
    {},
    log,
  );
  clip = await makeSyntheticClip("testsrc2=size=160x90:rate=10", 1);
});
afterEach(() => {
  logged = [];
  beforeEncoding = () => Promise.resolve();
});
afterAll(() => service.close());

const uploadedFiles = async (uploadId: string) =>
  (await readdir(join(service.dataDir, "uploads"))).filter((file) => file.startsWith(uploadId));

async function register(id: string): Promise<string> {
  const uploadId = await client().upload(clip, "video/mp4");
  expect((await registerVideo(client(), { id, source: { uploadId } })).userErrors).toEqual([]);
  return uploadId;
}

describe("a deleted video", () => {
  test("leaves nothing but its audit, the images of others, and files that others use", async () => {
    const [film] = [await storeVideo(service, "film", [20, 120, 220]), await storeVideo(service, "twin", [20])];
    await recordLikedImage(client(), { userId: "ann", source: { frameId: film[1]?.id } });
    await chooseCover(client(), "film", "ann");
    await chooseCover(client(), "twin", "ann");
    await mutate(client(), "pinCover", { videoId: "film", frameId: film[2]?.id });

    const deleted = await mutate(client(), "deleteVideo", { videoId: "film" }, "video { id candidateFrames { id } }");
    expect(deleted).toEqual({ video: { id: "film", candidateFrames: [] }, userErrors: [] });
    expect(await findVideo(client(), "film")).toBeNull();
    for (const { id } of film.slice(0, 2)) expect(await findTraces(service, id)).toEqual([]);
    // The first is also the twin's, the second is liked, the third was nobody else's.
    const kept = await Promise.all(film.map(({ imageHash: hash }) => service.prisma.image.count({ where: { hash } })));
    expect(kept).toEqual([1, 1, 0]);
    expect(await service.prisma.coverDecision.count({ where: { videoId: "film" } })).toBe(0);
    expect(await service.prisma.coverDecision.count({ where: { videoId: "twin" } })).toBe(1);

    const query = `{ auditEvents(videoId: "film", action: DELETE_VIDEO) { nodes { videoId changes { name before after } } } }`;
    const { auditEvents } = await client().get<{ auditEvents: { nodes: { changes: object[] }[] } }>(query);
    expect(auditEvents.nodes).toHaveLength(1);
    expect(auditEvents.nodes[0]?.changes).toContainEqual({ name: "frames", before: "3", after: "0" });
  });

  test("takes its upload along, and its id may be registered again", async () => {
    const uploadId = await register("again");
    expect(await untilIngested(client(), "again")).toMatchObject({ status: "READY" });
    expect(await uploadedFiles(uploadId)).not.toEqual([]);
    await mutate(client(), "deleteVideo", { videoId: "again" });
    expect(await uploadedFiles(uploadId)).toEqual([]);
    await register("again");
    expect(await untilIngested(client(), "again")).toMatchObject({ status: "READY" });
  });

  test("leaves an upload that another video is made of", async () => {
    const uploadId = await register("one");
    await registerVideo(client(), { id: "two", source: { uploadId } });
    await untilIngested(client(), "one");
    await untilIngested(client(), "two");
    await mutate(client(), "deleteVideo", { videoId: "one" });
    expect(await uploadedFiles(uploadId)).not.toEqual([]);
    await mutate(client(), "deleteVideo", { videoId: "two" });
    expect(await uploadedFiles(uploadId)).toEqual([]);
  });

  test("whose ingest runs ends it without a word of failure, and nothing of it is kept", async () => {
    const images = await service.prisma.image.count();
    let isDeleted = false;
    beforeEncoding = async () => {
      if (isDeleted) return;
      isDeleted = true;
      // One more waits behind the one that runs.
      await register("waiting");
      for (const videoId of ["running", "waiting"]) {
        expect((await mutate(client(), "deleteVideo", { videoId })).userErrors).toEqual([]);
      }
    };
    await register("running");
    await vi.waitFor(
      () =>
        expect(logged.map(({ msg }) => msg)).toContainEqual(expect.stringContaining("nothing is kept of this ingest")),
      { timeout: 50_000 },
    );
    expect(logged.filter(({ level }) => level >= 40)).toEqual([]);
    expect(await service.prisma.image.count()).toBe(images);
    expect(await service.prisma.video.count({ where: { id: { in: ["running", "waiting"] } } })).toBe(0);
    const open = await service.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE data->>'videoId' IN ('running', 'waiting') AND state IN ('created', 'retry')`;
    expect(open).toEqual([]);
  });

  test.each<[name: string, videoId: string, code: string]>([
    ["an unknown video", "nothing", "VIDEO_NOT_FOUND"],
    ["an empty id", "", "INVALID_ID"],
    ["an id that is too long", "x".repeat(129), "INVALID_ID"],
    ["an id with a control character", "a\u0000b", "INVALID_ID"],
  ])("is not %s: that is refused, and nothing changes", async (_name, videoId, code) => {
    const { video, userErrors } = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), "deleteVideo", { videoId }, "video { id }"),
    );
    expect([video, userErrors]).toMatchObject([null, [{ code, field: "videoId" }]]);
  });
});
