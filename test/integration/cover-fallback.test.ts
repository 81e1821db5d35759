import { afterAll, beforeAll, expect, test } from "vitest";
import type { Models } from "../../apps/api/src/check-models.js";
import { choosePage } from "./cover-page.fixture.js";
import { chooseCover, recordLikedImage, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makePhotoClip, photoPart } from "./material.fixture.js";
import { storeVideos, storeViews } from "./stored-catalogue.fixture.js";

let service: TestService;
/** What stands in the place of the scorer's answer; undefined lets the real one answer. */
let standIn: (() => Promise<never>) | undefined;

beforeAll(async () => {
  service = await startTestService({ FACET_TIME_BUDGET_MS: "2000" }, ({ scorer, ...models }: Models) => ({
    ...models,
    scorer: {
      engine: scorer.engine,
      modelVersion: scorer.modelVersion,
      encoderVersion: scorer.encoderVersion,
      describeHistories: (histories) => scorer.describeHistories(histories),
      scoreFrames: (requests) => standIn?.() ?? scorer.scoreFrames(requests),
      dispose: () => scorer.dispose(),
    },
  }));
  const uploadId = await service.client.upload(await makePhotoClip("black-canyon", "dust-bowl-home"), "video/mp4");
  await registerVideo(service.client, { id: "film", source: { uploadId } });
  await untilIngested(service.client, "film");
  const pictures = await storeViews(service.prisma, service.models.encoder, "nagasaki-boats", 3);
  await storeVideos(service.prisma, new Map(["second film", "third film"].map((id) => [id, pictures])));
  const base64 = (await photoPart("black-canyon", "left")).toString("base64");
  await recordLikedImage(service.client, { userId: "ann", source: { base64 } });
});
afterAll(() => service.close());

test.each([
  ["fails", () => Promise.reject(new Error("out of memory")), "SCORER_FAILED"],
  ["never answers", () => new Promise<never>(() => undefined), "TIME_BUDGET"],
] as const)("where the scorer %s, the cover is the best by quality and not kept", async (_name, scorer, reason) => {
  standIn = scorer;
  const cover = await chooseCover(service.client, "film", "ann");
  expect(cover).toMatchObject({ basis: "QUALITY", reason });
  const scores = cover.candidates.map((candidate) => candidate.frame.quality.score);
  expect(cover.frame.quality.score).toBe(Math.max(...scores));
  expect(cover.candidates.reduce((sum, candidate) => sum + candidate.probability, 0)).toBeCloseTo(1, 5);
  expect(await service.prisma.coverDecision.count()).toBe(0);
});

test.each([
  ["fails", () => Promise.reject(new Error("out of memory")), "SCORER_FAILED"],
  ["never answers", () => new Promise<never>(() => undefined), "TIME_BUDGET"],
] as const)(
  "where the scorer %s, a page keeps what was decided and has the rest by quality",
  async (name, scorer, reason) => {
    standIn = undefined;
    const userId = `page that ${name}`;
    const base64 = (await photoPart("black-canyon", "right")).toString("base64");
    await recordLikedImage(service.client, { userId, source: { base64 } });
    const [decided] = await choosePage(service.client, { userId, videoIds: ["film"] });
    standIn = scorer;
    const page = await choosePage(service.client, { userId, videoIds: ["second film", "film", "third film"] });
    expect(page[1]).toEqual(decided);
    expect(page[0]).toMatchObject({ basis: "QUALITY", reason, video: { id: "second film" } });
    expect(page[2]).toMatchObject({ basis: "QUALITY", reason, video: { id: "third film" } });
    expect(await service.prisma.coverDecision.count({ where: { userId } })).toBe(1);
  },
);
