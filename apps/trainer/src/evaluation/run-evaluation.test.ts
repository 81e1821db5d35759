import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PhotosError } from "../photos/errors.js";
import { makeInterestFolder, makeTempFolder } from "../photos/photo-folders.fixture.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import type { EvaluationResults } from "./results.js";
import { runEvaluation } from "./run-evaluation.js";

const METHODS = [
  "random",
  "first",
  "middle",
  "quality",
  "raw-mean",
  "raw-recency",
  "raw-max",
  "raw-attention",
  "raw-tuned",
];

let options: EvaluationOptions;
let results: EvaluationResults;
let printed = "";

beforeAll(async () => {
  const cache = await makeTempFolder();
  options = {
    photos: [await makeInterestFolder(6, 8)],
    worlds: ["W1", "W6-0"],
    viewers: 24,
    seed: 3,
    json: join(cache, "results", "results.json"),
    cache,
    heldOut: false,
    fitPhotos: [],
  };
  results = await runEvaluation(
    options,
    () => undefined,
    (text) => (printed += text),
  );
});

describe("evaluating a folder of drawn pictures", () => {
  test("judges every method in every world", () => {
    for (const world of options.worlds) {
      const judged = results.results.filter((result) => result.world === world).map(({ method }) => method);
      expect(judged).toEqual([...METHODS, "shipped", "oracle"]);
    }
  });

  test("finds that likes help: the mean cosine is far above random", () => {
    const hit = (method: string) =>
      results.results.find((r) => r.world === "W1" && r.method === method)?.hitAt1.mean ?? 0;
    expect(hit("raw-mean")).toBeGreaterThan(hit("random") + 0.3);
    expect(hit("oracle")).toBe(1);
  });

  test("finds that without a like the shipped scorer is the quality ranking", () => {
    const row = (method: string) => results.results.find((r) => r.world === "W6-0" && r.method === method);
    expect(row("shipped")?.hitAt1).toEqual(row("quality")?.hitAt1);
    expect(row("shipped")?.ndcg5).toEqual(row("quality")?.ndcg5);
  });

  test("sets the shipped scorer against each other method, over the same viewers", () => {
    const against = results.differences.filter(({ world }) => world === "W1").map((difference) => difference.against);
    expect(against).toEqual(METHODS);
    for (const { world, against: other, hitAt1 } of results.differences) {
      const mean = (method: string) =>
        results.results.find((r) => r.world === world && r.method === method)?.hitAt1.mean ?? 0;
      expect(hitAt1.mean).toBeCloseTo(mean("shipped") - mean(other), 10);
      expect(hitAt1.low).toBeLessThanOrEqual(hitAt1.high);
    }
  });

  test("writes what it found to the file, and prints it as tables", async () => {
    const written = JSON.parse(await readFile(options.json ?? "", "utf8")) as unknown;
    expect(written).toEqual(results);
    expect(results).toMatchObject({ viewers: 24, seed: 3 });
    for (const word of ["hit@1", "shipped", "W6-0", "MRR"]) expect(printed).toContain(word);
  });

  test("finds the same again with the same seed", async () => {
    expect(
      await runEvaluation(
        options,
        () => undefined,
        () => undefined,
      ),
    ).toEqual(results);
  });
});

test("on held-out interests the LDA metric, fitted on the others, is judged too", async () => {
  const photos = [await makeInterestFolder(12, 6)];
  const held = await runEvaluation(
    { ...options, photos, worlds: ["W1"], heldOut: true },
    () => undefined,
    () => undefined,
  );
  expect(held.results.map(({ method }) => method)).toContain("lda-tuned");
});

test("a world that the folder is too small for is told before anything is encoded", async () => {
  const photos = [await makeInterestFolder(2, 6)];
  const said: string[] = [];
  const evaluating = runEvaluation(
    { ...options, photos, worlds: ["W2"] },
    (line) => said.push(line),
    () => undefined,
  );
  await expect(evaluating).rejects.toThrow(PhotosError);
  expect(said.join()).not.toContain("Backend");
});

test("a folder that holds no model is told before anything is encoded", async () => {
  const model = await makeTempFolder();
  await expect(
    runEvaluation(
      { ...options, model },
      () => undefined,
      () => undefined,
    ),
  ).rejects.toMatchObject({ code: "MODEL_FILES" });
});
