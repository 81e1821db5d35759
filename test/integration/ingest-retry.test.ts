import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Models } from "../../apps/api/src/check-models.js";
import { chooseCover, findVideo, registerVideo, untilIngested, type Video } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makeSyntheticClip } from "./material.fixture.js";

type Encode = Models["encoder"]["secondConvolutionUnit"];
let service: TestService;
/** What the encoder does to candidate frames in the next test; undefined lets the real one work. */
let standIn: ((frames: Parameters<Encode>[0], encode: Encode) => ReturnType<Encode>) | undefined;

beforeAll(async () => {
  service = await startTestService({}, ({ encoder, scorer }) => ({
    scorer,
    encoder: {
      engine: encoder.engine,
      version: encoder.version,
      width: encoder.width,
      imageBytes: encoder.imageBytes,
      firstConvolutionUnit: (images) => encoder.firstConvolutionUnit(images),
      secondConvolutionUnit: (frames) =>
        standIn?.(frames, (real) => encoder.secondConvolutionUnit(real)) ?? encoder.secondConvolutionUnit(frames),
      dispose: () => encoder.dispose(),
    },
  }));
});
afterEach(() => (standIn = undefined));
afterAll(() => service.close());

async function ingest(id: string): Promise<Video> {
  const uploadId = await service.client.upload(
    await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2),
    "video/mp4",
  );
  await registerVideo(service.client, { id, source: { uploadId } });
  return untilIngested(service.client, id);
}

test("what crashed is tried again", async () => {
  let tries = 0;
  standIn = (frames, encode) => (++tries === 1 ? Promise.reject(new Error("the GPU fell off")) : encode(frames));
  expect(await ingest("crashed-once")).toMatchObject({ status: "READY", failure: null });
  expect(tries).toBeGreaterThan(1);
});

test("what crashes every time is given up, says so without a word of the inside, and has no frames", async () => {
  standIn = () => Promise.reject(new Error("the GPU at /dev/gpu0 fell off"));
  const video = await ingest("crashing");
  expect(video).toMatchObject({ status: "FAILED", failure: { code: "INTERNAL_ERROR" } });
  expect(video.failure?.message).not.toContain("gpu0");
  expect(await service.prisma.candidateFrame.count({ where: { videoId: "crashing" } })).toBe(0);
});

test("unsafe frames are no candidates", async () => {
  let safe = 0;
  standIn = async (frames, encode) => {
    const encoded = await encode(frames);
    safe += Math.floor(encoded.length / 2);
    return encoded.map((image, index) => ({ ...image, unsafeScore: index % 2 === 0 ? 0.8 : 0.79 }));
  };
  expect(await ingest("half-safe")).toMatchObject({ status: "READY" });
  const { candidates } = await chooseCover(service.client, "half-safe", "ann");
  expect(candidates).toHaveLength(safe);
});

test("a video of unsafe frames only fails with its reason", async () => {
  standIn = async (frames, encode) => (await encode(frames)).map((image) => ({ ...image, unsafeScore: 0.9 }));
  await ingest("unsafe");
  expect(await findVideo(service.client, "unsafe")).toMatchObject({
    status: "FAILED",
    failure: { code: "NO_SAFE_FRAME" },
  });
  expect(await service.prisma.candidateFrame.count({ where: { videoId: "unsafe" } })).toBe(0);
});
