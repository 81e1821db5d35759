import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { QualityWeights } from "@facet/frame-extraction";
import { makeInterestFolder, makeTempFolder } from "../../photos/photo-folders.fixture.js";
import { runFitQuality } from "./run-fit-quality.js";
import { renderWeights } from "./write-weights.js";

let folder: string;
let photos: string;
let printed: string;
let weights: QualityWeights;
let written: string;

beforeAll(async () => {
  folder = await makeTempFolder();
  photos = await makeInterestFolder(5, 2);
  const lines: string[] = [];
  const out = join(folder, "weights.ts");
  const options = { photos: [photos], out, perInterest: 2, seed: 2, cache: join(folder, "cache") };
  weights = await runFitQuality(
    options,
    () => undefined,
    (text) => lines.push(text),
  );
  printed = lines.join("\n");
  written = await readFile(out, "utf8");
}, 240_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(photos, { recursive: true });
});

test("a folder of photos is enough to fit weights of every measure, and to judge them on every kind of spoiling", () => {
  for (const measure of Object.keys(weights.measures)) expect(printed).toContain(measure);
  for (const kind of ["blur", "title", "dissolve", "transition"]) expect(printed).toContain(kind);
  expect(printed).not.toContain("NaN");
});

test("the module tells the command and the data, and holds the weights that were judged", () => {
  expect(written).toContain("npm run fit-quality -- --photos");
  expect(written).toMatch(/Data: \d+ pictures of 6 photos of 3 interests/);
  expect(written).not.toContain(folder);
  const record = { command: "c", data: "d", date: "t" };
  const literal = (text: string): string => text.slice(text.indexOf("QUALITY_WEIGHTS"));
  expect(literal(written)).toBe(literal(renderWeights(weights, record)));
});
