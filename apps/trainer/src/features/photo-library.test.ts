import { copyFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { loadFeatureEncoder, type FeatureEncoder } from "@facet/feature-encoder";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import type { PhotoRef } from "../episodes/episode.js";
import { makeInterestFolder, makeTempFolder } from "../photos/photo-folders.fixture.js";
import { readCollections } from "../photos/read-collections.js";
import { findMissing } from "./encode-photos.js";
import { FeatureCache } from "./feature-cache.js";
import { HistogramCache } from "./histogram-cache.js";
import { PhotoLibrary } from "./photo-library.js";
import { QualityCache } from "./quality-cache.js";

let encoder: FeatureEncoder;
let photos: string;
let cache: string;

beforeAll(async () => {
  await chooseBackend();
  encoder = await loadFeatureEncoder();
  photos = await makeInterestFolder(2, 2);
  cache = await makeTempFolder();
});

afterAll(() => {
  encoder.dispose();
});

async function readRefs(): Promise<PhotoRef[]> {
  const collections = await readCollections([photos], join(cache, "notes.txt"), () => undefined);
  return collections.flatMap(({ interests }) =>
    interests.flatMap((interest) => interest.photos.map((photo) => ({ photo, degradation: "none" as const }))),
  );
}

/** The folder's photos are four; a test that finds fewer is broken. */
function nth(refs: readonly PhotoRef[], place: number): PhotoRef {
  const ref = refs[place];
  if (!ref) throw new Error(`There is no photo ${place}.`);
  return ref;
}

async function openCaches(version = encoder.version) {
  const features = await FeatureCache.open(cache, { version, width: encoder.width });
  return { features, qualities: await QualityCache.open(cache), histograms: await HistogramCache.open(cache) };
}

test("features are found again by what a picture is, not by where it lies", async () => {
  const refs = await readRefs();
  const library = await PhotoLibrary.open(cache, encoder);
  await library.prepare(refs);
  const made = refs.map((ref) => library.get(ref));
  await library.close();
  expect(made[0]?.feature).toHaveLength(672);
  expect(made[0]?.quality.brightness).toBeGreaterThan(0);

  // The two photos of the first interest change their names.
  const inside = join(photos, "interest-0");
  await rename(join(inside, "0.png"), join(inside, "was-0.png"));
  await rename(join(inside, "1.png"), join(inside, "0.png"));
  await rename(join(inside, "was-0.png"), join(inside, "1.png"));
  const moved = await readRefs();
  expect(findMissing(moved, await openCaches())).toEqual([]);
  const again = await PhotoLibrary.open(cache, encoder);
  expect(again.get(nth(moved, 1))).toEqual(made[0]);
});

test("another picture under a known name is not taken for the one that was there", async () => {
  const before = await readRefs();
  await copyFile(join(await makeInterestFolder(2, 3), "interest-1", "2.png"), join(photos, "interest-1", "0.png"));
  const after = await readRefs();
  expect(after.map(({ photo }) => photo.name)).toEqual(before.map(({ photo }) => photo.name));
  expect(findMissing(after, await openCaches()).map(({ photo }) => photo.name)).toEqual(["interest-1/0.png"]);
});

test("a degraded photo, and another encoder, have features of their own", async () => {
  const ref = nth(await readRefs(), 0);
  const dark = { ...ref, degradation: "dark" as const }; // four photos were read
  expect(findMissing([dark], await openCaches())).toEqual([dark]);
  expect(findMissing([ref], await openCaches())).toEqual([]);
  expect(findMissing([ref], await openCaches("another-encoder"))).toEqual([ref]);
});

test("colours that alone are missing are counted without encoding anything anew", async () => {
  const refs = await readRefs();
  const before = await PhotoLibrary.open(cache, encoder);
  await before.prepare(refs);
  await before.close();
  await rm(join(cache, "colour-histogram-1"), { recursive: true });

  const encoding = vi.spyOn(encoder, "firstConvolutionUnit");
  const library = await PhotoLibrary.open(cache, encoder);
  await library.prepare(refs);
  expect(() => library.histogram(nth(refs, 0))).toThrow("was not prepared");
  await library.prepare(refs, "featuresAndColours");
  await library.close();
  expect(encoding).not.toHaveBeenCalled();
  const histogram = library.histogram(nth(refs, 0));
  expect(histogram).toHaveLength(96);
  expect(histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(3, 4);
  expect(library.histogram(nth(refs, 3))).not.toEqual(histogram);
});

test("a photo that was not prepared is an error that names it", async () => {
  const ref = nth(await readRefs(), 0);
  const library = await PhotoLibrary.open(await makeTempFolder(), encoder);
  expect(() => library.get(ref)).toThrow("interest-0/0.png");
});
