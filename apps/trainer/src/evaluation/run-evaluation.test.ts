import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineLiteralArchitecture, InterestAttentionScorer } from "@facet/interest-attention";
import { disposeWeights, initialiseWeights, saveModel } from "@facet/interest-attention/training";
import sharp from "sharp";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { PhotosError } from "../photos/errors.js";
import { makeInterestFolder, makeTempFolder } from "../photos/photo-folders.fixture.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import type { EvaluationResults } from "./results.js";
import { runEvaluation } from "./run-evaluation.js";

const METHODS = [
  ...["random", "first", "middle", "thumbnail", "quality"],
  ...["raw-mean", "raw-recency", "raw-max", "raw-attention", "raw-mean-smooth", "raw-attention-smooth", "raw-tuned"],
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
    compare: [],
    json: join(cache, "results", "results.json"),
    report: join(cache, "results", "report.html"),
    chart: join(cache, "results", "chart.svg"),
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
      expect(judged.filter((method) => method !== "literal")).toEqual([...METHODS, "shipped", "oracle"]);
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
    expect(against.filter((method) => method !== "literal")).toEqual([...METHODS, "best"]);
    for (const { world, against: other, best, hitAt1 } of results.differences) {
      const mean = (method: string) =>
        results.results.find((r) => r.world === world && r.method === method)?.hitAt1.mean ?? 0;
      expect(hitAt1.mean).toBeCloseTo(mean("shipped") - mean(best ?? other), 10);
      expect(hitAt1.low).toBeLessThanOrEqual(hitAt1.high);
    }
  });

  test("writes what it found to the file, and prints it as a table", async () => {
    const { about, ...written } = JSON.parse(await readFile(options.json ?? "", "utf8")) as Record<string, unknown>;
    expect(written).toEqual(results);
    expect(about).toMatchObject({ photos: options.photos, heldOut: false, warnings: [] });
    expect(results).toMatchObject({ viewers: 24, seed: 3 });
    for (const word of ["hit@1", "shipped", "W6-0", "over raw-"]) expect(printed).toContain(word);
  });

  test("says nothing of five worlds together where two were asked for", () => {
    expect(results).toMatchObject({ summaries: [], summaryDifferences: [] });
  });

  test("writes a report that names what was judged", async () => {
    const page = await readFile(options.report ?? "", "utf8");
    for (const word of ["<!doctype html>", "interest-attention-", "mobilenet-v2-mid-", "24", "raw-mean-smooth"]) {
      expect(page).toContain(word);
    }
    expect(page).not.toMatch(/src=|href=|url\(|@import/);
  });

  test("draws what the scorer wins as a picture that needs nothing beside it", async () => {
    const picture = sharp(await readFile(options.chart ?? ""));
    expect(await picture.metadata()).toMatchObject({ format: "svg", width: 596 });
    const text = await readFile(options.chart ?? "", "utf8");
    for (const word of ["(6 interests)", "W1: One interest", "W6-0: No like yet"]) expect(text).toContain(word);
    expect(text).not.toMatch(/src=|href=|url\(|@import/);
  });

  test("finds the same again with the same seed", async () => {
    expect(await evaluate({})).toEqual(results);
  });
});

test("on held-out interests the LDA metric, fitted on the others, is judged too", async () => {
  const photos = [await makeInterestFolder(12, 6)];
  const held = await evaluate({ photos, worlds: ["W1"], heldOut: true });
  const methods = held.results.map(({ method }) => method);
  expect(methods).toEqual(expect.arrayContaining(["lda-tuned", "lda448-tuned"]));
});

test("an interest that is judged fits no metric, under whatever name it is given for that", async () => {
  const { photos } = options;
  const renamed = await makeTempFolder();
  for (const interest of [0, 1, 2, 3]) {
    await cp(join(photos[0] ?? "", `interest-${interest}`), join(renamed, `other-name-${interest}`), {
      recursive: true,
    });
  }
  const said: string[] = [];
  const judged = await evaluate({ fitPhotos: [renamed], worlds: ["W6-0"] }, (line) => said.push(line));
  expect(judged.results.filter(({ method }) => method.startsWith("lda"))).toEqual([]);
  expect(said.join()).toContain("There are no lda methods");
});

test("a model that is compared stands beside the shipped one under its name, and a twin has no difference", async () => {
  const twin = await evaluate({ compare: [{ name: "twin", folder: SHIPPED_WEIGHTS }] });
  for (const world of options.worlds) {
    const row = twin.results.find((result) => result.world === world && result.method === "twin");
    expect(row?.kind).toBe("learned");
    expect(row?.hitAt1).toEqual(
      twin.results.find((result) => result.world === world && result.method === "shipped")?.hitAt1,
    );
    const difference = twin.differences.find((found) => found.world === world && found.against === "twin");
    expect(difference?.hitAt1).toEqual({ mean: 0, low: 0, high: 0 });
    // However good it is, a trained scorer is not the best of the simple methods.
    expect(twin.differences.find((found) => found.world === world && found.against === "best")?.best).not.toBe("twin");
  }
});

test("the scorer of --model is not called the shipped one, anywhere", async () => {
  let table = "";
  const folder = await makeTempFolder();
  const files = { json: join(folder, "own.json"), report: join(folder, "own.html") };
  const own = { ...options, ...files, model: SHIPPED_WEIGHTS, worlds: ["W1"] as const };
  const judged = await runEvaluation(
    own,
    () => undefined,
    (text) => (table += text),
  );
  expect(judged.results.map(({ method }) => method)).toContain("model");
  for (const text of [table, await readFile(files.report, "utf8")]) {
    expect(text).toContain("model");
    expect(text.replaceAll(/class="[^"]*"|--shipped|\.shipped/g, "")).not.toMatch(/shipped/i);
  }
  const { about } = JSON.parse(await readFile(files.json, "utf8")) as { about: Record<string, unknown> };
  expect(about).toMatchObject({ photos: options.photos, heldOut: false, warnings: [] });
  expect(about["models"]).toContainEqual(expect.objectContaining({ method: "model" }));
});

describe("what is wrong is told before anything is prepared:", () => {
  const said: string[] = [];
  const fail = (changed: Partial<EvaluationOptions>) => {
    said.length = 0;
    return expect(evaluate(changed, (line) => said.push(line))).rejects;
  };
  afterEach(() => {
    expect(said.join()).not.toContain("Backend");
  });

  test("a world that the folder is too small for", async () => {
    const photos = [await makeInterestFolder(2, 6)];
    await fail({ photos, worlds: ["W2"] }).toThrow(PhotosError);
  });

  test("a folder that holds no model, with the folder's name", async () => {
    const folder = await makeTempFolder();
    await fail({ model: folder }).toMatchObject({ code: "UNUSABLE_MODEL" });
    await fail({ compare: [{ name: "other", folder }] }).toThrow(`The model in ${folder}, "other",`);
  });

  test("a model of another encoder, or of another feature width, with both", async () => {
    const encoderVersion = (await InterestAttentionScorer.load()).encoderVersion;
    const other = await makeModel("another-encoder", 672);
    await fail({ compare: [{ name: "other", folder: other }] }).toThrow(/another-encoder.*mobilenet-v2-mid-/);
    const narrow = await makeModel(encoderVersion, 4);
    await fail({ model: narrow }).toThrow(/takes 4 numbers.*encoded as 672 numbers/);
  });

  test("a weight that is no number, with its name", async () => {
    const folder = await makeTempFolder();
    await cp(SHIPPED_WEIGHTS, folder, { recursive: true });
    const bytes = await readFile(join(folder, "weights.bin"));
    bytes.writeFloatLE(Number.NaN, 40);
    await writeFile(join(folder, "weights.bin"), bytes);
    await fail({ compare: [{ name: "other", folder }] }).toThrow(
      /weights\.bin.*number 10 of the weight ".*" is not finite/,
    );
  });

  test("a file of results that is a folder", async () => {
    const folder = await makeTempFolder();
    await fail({ json: folder }).toMatchObject({
      code: "OUTPUT_FILE",
      message: `${folder} cannot be written: it is a folder, and --json takes a file.`,
    });
    await fail({ report: join(SHIPPED_WEIGHTS, "weights.bin", "report.html") }).toMatchObject({ code: "OUTPUT_FILE" });
  });
});

const SHIPPED_WEIGHTS = fileURLToPath(new URL("../../../../packages/interest-attention/weights", import.meta.url));

/** As `options`, with changes, writing no file. */
function evaluate(
  changed: Partial<EvaluationOptions>,
  say: (line: string) => void = () => undefined,
): Promise<EvaluationResults> {
  const { photos, worlds, viewers, seed, compare, cache = "", heldOut, fitPhotos } = options;
  return runEvaluation(
    { photos, worlds, viewers, seed, compare, cache, heldOut, fitPhotos, ...changed },
    say,
    () => undefined,
  );
}

async function makeModel(encoderVersion: string, featureWidth: number): Promise<string> {
  const folder = await makeTempFolder();
  const architecture = defineLiteralArchitecture({ featureWidth, categories: 1, embeddingWidth: 2, residualRank: 0 });
  const weights = initialiseWeights(architecture, 1);
  await saveModel(folder, { encoderVersion, architecture, categories: ["one"] }, weights);
  disposeWeights(weights);
  return folder;
}
