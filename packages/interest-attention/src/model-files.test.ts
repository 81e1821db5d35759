import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fill, zeros } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Architecture } from "./architecture.js";
import { ModelFilesError } from "./errors.js";
import { readModel } from "./model-files.js";
import { makeSmallModel, SMALL } from "./small-model.fixture.js";
import { saveModel } from "./tensorflow/model.js";
import { useWasm } from "./wasm-backend.fixture.js";

beforeAll(useWasm);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-model-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a model that could not be read again is not written, and what is there is left as it is", () => {
  const withCategories = (categories: readonly string[]) => ({ facts: { categories } });
  const withWeight = (name: string, weight: () => ReturnType<typeof zeros>) => ({ weights: { [name]: weight } });
  const withSize = (size: Partial<Architecture>) => ({ facts: { architecture: { ...SMALL, ...size } } });

  test.each<[string, { facts?: object; weights?: Record<string, () => ReturnType<typeof zeros>> }]>([
    ["it does not name its 3 categories", withCategories(["one", "two"])],
    ['"salienceHeads" of its architecture takes a whole number from 1 to 65536', withSize({ salienceHeads: 5e7 })],
    ['the weight "cover/b1" has 2 numbers: its model takes 1', withWeight("cover/b1", () => zeros([2]))],
    ['"cover/b1" is not finite', withWeight("cover/b1", () => fill([1], NaN))],
  ])("%s", async (problem, { facts, weights = {} }) => {
    const { description, weights: whole } = makeSmallModel(SMALL, 1);
    await saveModel(folder, description, whole);
    const files = ["model.json", "weights.bin"].map((file) => join(folder, file));
    const before = await Promise.all(files.map((file) => readFile(file)));
    const changed = new Map([...whole, ...Object.entries(weights).map(([name, make]) => [name, make()] as const)]);
    const saving = saveModel(folder, { ...description, ...facts }, changed);
    await expect(saving).rejects.toThrow(ModelFilesError);
    await expect(saving).rejects.toThrow(problem);
    expect(await Promise.all(files.map((file) => readFile(file)))).toEqual(before);
  });

  test("nor where a file is in the folder's place", async () => {
    const { description, weights } = makeSmallModel(SMALL, 1);
    const file = join(folder, "taken");
    await writeFile(file, "");
    for (const place of [file, join(file, "inside")]) {
      const saving = saveModel(place, description, weights);
      await expect(saving).rejects.toThrow(ModelFilesError);
      await expect(saving).rejects.toThrow("weights.bin cannot be used: it cannot be written");
    }
  });
});

test.each([
  ["salienceHeads", 1, 5e7],
  ["salienceHeads", 1, 1e12],
  ["embeddingWidth", 1, 1e12],
  ["residualRank", 0, 65_537],
  ["units", 1, 0],
  ["featureWidth", 1, 1.5],
])("a model whose %s is beyond %i to 65536 is refused before anything is planned: %d", async (size, least, number) => {
  const { description, weights } = makeSmallModel(SMALL, 1);
  await saveModel(folder, description, weights);
  const hostile = { ...description, architecture: { ...SMALL, [size]: number } };
  await writeFile(join(folder, "model.json"), JSON.stringify(hostile));
  const reading = readModel(folder);
  await expect(reading).rejects.toThrow(ModelFilesError);
  await expect(reading).rejects.toThrow(`"${size}" of its architecture takes a whole number from ${least} to 65536`);
});
