import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../apps/api/src/config/index.js";
import { asStored } from "../../apps/api/src/image/feature-bytes.js";
import { loadModels } from "../../apps/api/src/models.js";
import { indexOfLargest, largestDifference } from "../claims/shipped-scorer.fixture.js";
import { PHOTOS, photoPath } from "./material.fixture.js";

/** What a probability may change by because features are stored in 16 bits a number. */
const TOLERANCE = 1e-3;
/** Frames whose probabilities differ by less are one as good as the other: no viewer could tell. */
const AS_GOOD_AS_EQUAL = 2e-4;

/** Parts of a photograph, as shares of its sides: each is a picture of its own. */
const PARTS = [0, 0.1, 0.2, 0.3].map((from) => ({ from, size: 0.6 + from / 4 }));

let models: Awaited<ReturnType<typeof loadModels>>;
let features: Float32Array[];
beforeAll(async () => {
  models = await loadModels(pino({ level: "silent" }), readConfig({}));
  const pictures = await Promise.all(PHOTOS.flatMap((photo) => PARTS.map((part) => readPart(photoPath(photo), part))));
  features = (await models.encoder.secondConvolutionUnit(pictures)).map(({ feature }) => feature);
});
afterAll(() => {
  models.encoder.dispose();
  models.scorer.dispose();
});

async function readPart(file: string, { from, size }: (typeof PARTS)[number]): Promise<Uint8Array> {
  const { width, height } = await sharp(file).metadata();
  const part = (side: number, share: number) => Math.floor(side * share);
  return sharp(file)
    .extract({ left: part(width, from), top: part(height, from), width: part(width, size), height: part(height, size) })
    .resize(224, 224, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** Probabilities of 16 viewers for 16 videos; each viewer likes and each video shows other parts of other photographs. */
async function judge(known: readonly Float32Array[]): Promise<number[][]> {
  const pick = (first: number, step: number, count: number) =>
    Array.from({ length: count }, (_, n) => known[(first + n * step) % known.length] ?? new Float32Array());
  const histories = Array.from({ length: 16 }, (_, viewer) => pick(viewer * 5, 1 + (viewer % 7), 1 + viewer));
  const descriptions = await models.scorer.describeHistories(histories);
  const videos = Array.from({ length: 16 }, (_, video) => pick(video * 3, 5, 4 + video));
  const requests = descriptions.flatMap((description) => videos.map((frames) => ({ frames, description })));
  const scored = await models.scorer.scoreFrames(requests);
  return scored.map(({ probabilities }) => [...probabilities]);
}

test("stored features give the covers that those of the encoder give, or frames as good as equal, and nearly the same probabilities", async () => {
  const [made, stored] = [await judge(features), await judge(features.map(asStored))];
  expect(made).toHaveLength(256);
  const changes = made.map((probabilities, n) => largestDifference(probabilities, stored[n] ?? []));
  console.info(`Largest change of a probability by the storage of features: ${Math.max(...changes).toExponential(1)}`);
  expect(Math.max(...changes)).toBeGreaterThan(0);
  expect(Math.max(...changes)).toBeLessThan(TOLERANCE);
  const given = stored.map(indexOfLargest);
  const lost = made.map((probabilities, n) => Math.max(...probabilities) - (probabilities[given[n] ?? -1] ?? 0));
  const others = lost.filter((probability) => probability > 0);
  console.info(`Other covers by it: ${others.length}, less probable by ${Math.max(0, ...others).toExponential(1)}`);
  expect(others.length).toBeLessThanOrEqual(2);
  expect(Math.max(0, ...others)).toBeLessThan(AS_GOOD_AS_EQUAL);
});
