import { measureQuality, qualityScore } from "@facet/frame-extraction";
import { beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../random.js";
import { CANVAS, squash, type Canvas } from "./canvas.js";
import { drawScenery } from "./scenery.fixture.js";
import { SPOILINGS, type Spoiling } from "./spoil.js";

const KINDS = Object.keys(SPOILINGS) as Spoiling[];
/** Blocks and mixtures look like another picture, not like a poor one, and captions hardly count: the report tells. */
const HARD_TO_TELL: readonly Spoiling[] = ["blocks", "dissolve", "caption", "slit"];
const SEEDS = [1, 2, 3, 4];

let photos: Canvas[];
let cleanScore: number;

beforeAll(async () => {
  photos = await Promise.all(SEEDS.map(drawScenery));
  cleanScore = await meanScore(photos);
});

function spoilAll(kind: Spoiling): Promise<Canvas[]> {
  return Promise.all(
    photos.map((photo, at) =>
      SPOILINGS[kind](photo, photos[(at + 1) % photos.length] ?? photo, seededRandom("spoil test", kind, at)),
    ),
  );
}

async function meanScore(pictures: readonly Canvas[]): Promise<number> {
  const scores = await Promise.all(
    pictures.map(async (picture) => qualityScore(measureQuality(await squash(picture), 224, 224))),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

test.each(KINDS)("%s changes a picture and keeps its size", async (kind) => {
  const spoiled = await spoilAll(kind);
  for (const [at, picture] of spoiled.entries()) {
    expect(picture.length).toBe(CANVAS.width * CANVAS.height * 3);
    expect(Buffer.from(picture).equals(photos[at] ?? picture)).toBe(false);
  }
});

test.each(["noise", "title"] as const)("%s is the same again for the same chance", async (kind) => {
  const [one, again] = [await spoilAll(kind), await spoilAll(kind)];
  expect(Buffer.concat(one).equals(Buffer.concat(again))).toBe(true);
});

test.each(KINDS.filter((kind) => !HARD_TO_TELL.includes(kind)))("%s lowers the shipped score", async (kind) => {
  expect(await meanScore(await spoilAll(kind))).toBeLessThan(cleanScore);
});
