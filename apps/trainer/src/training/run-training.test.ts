import { mkdir, readFile, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { disposeWeights, learnedCategories, loadModel } from "@facet/interest-attention/training";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PhotosError } from "../photos/errors.js";
import { splitCollections } from "../episodes/split-interests.js";
import { readCollections } from "../photos/read-collections.js";
import { makeInterestFolder, makeTempFolder } from "../photos/photo-folders.fixture.js";
import { calibrationOf } from "./calibrate.js";
import { partInterests } from "./part-interests.js";
import { runTraining } from "./run-training.js";
import { trainingOptions } from "./training-options.fixture.js";
import type { TrainingOptions } from "./training-options.js";

const STEPS = 3;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function remember(making: Promise<string>): Promise<string> {
  const folder = await making;
  folders.push(folder);
  return folder;
}

describe("training on a folder of drawn pictures", () => {
  let out: string;
  let options: TrainingOptions;
  const lines: string[] = [];
  beforeAll(async () => {
    out = join(await remember(makeTempFolder()), "model");
    options = trainingOptions({
      ...{ photos: [await remember(makeInterestFolder(12, 8))], out, cache: await remember(makeTempFolder()) },
      ...{ steps: STEPS, seeds: [4], dataNote: "Drawn for this test." },
      commandLine: `npm run train -- --steps ${STEPS} --seed 4`,
    });
    await runTraining(options, (line) => lines.push(line));
  });

  test("writes a folder that is a model", async () => {
    expect((await readdir(out)).sort()).toEqual(["model-card.md", "model.json", "training-curve.svg", "weights.bin"]);
    const scorer = await InterestAttentionScorer.load(out);
    const features = Array.from({ length: 3 }, () => new Float32Array(scorer.featureWidth).fill(0.1));
    const [description] = await scorer.describeHistories([features]);
    if (!description) throw new Error("There is no description.");
    const [scores] = await scorer.scoreFrames([{ frames: features, description }]);
    expect(scores?.probabilities).toHaveLength(3);
    expect(lines.at(-1)).toContain(scorer.modelVersion);
    scorer.dispose();
  });

  test("says on the model card what it was made of and how", async () => {
    const card = await readFile(join(out, "model-card.md"), "utf8");
    expect(card).toContain("Drawn for this test.");
    expect(card).toContain(`--steps ${STEPS} --seed 4`);
    expect(card).toContain("Trained twice, without the interests for validation");
    expect(card).not.toMatch(/NaN|undefined/);
  });

  test("the second training knows the validation interests too, and has the calibration of the first", async () => {
    const once = { ...options, once: true, out: join(await remember(makeTempFolder()), "model") };
    const said: string[] = [];
    await runTraining(once, (line) => said.push(line));
    const known = await knowledgeOf(once.out);
    const knownInTheEnd = await knowledgeOf(out);
    expect(known.calibration.lead).not.toEqual({ always: 0, perMargin: 0 });
    expect(knownInTheEnd.calibration).toEqual(known.calibration);

    const collections = await readCollections(options.photos, join(once.out, "notes"), () => undefined);
    const { training, validation } = partInterests(collections);
    const idsOf = (part: typeof training) => part.flatMap(({ interests }) => interests.map(({ id }) => id)).sort();
    expect(known.categories).toEqual(idsOf(training));
    expect(knownInTheEnd.categories).toEqual([...idsOf(training), ...idsOf(validation)].sort());
    for (const heldOut of idsOf(splitCollections(collections).test)) {
      expect(knownInTheEnd.categories).not.toContain(heldOut);
    }
    expect(await readFile(join(out, "training-curve.svg"))).toEqual(
      await readFile(join(once.out, "training-curve.svg")),
    );
    expect(await readFile(join(once.out, "model-card.md"), "utf8")).not.toContain("Trained twice");
    const trainings = (all: readonly string[]) => all.filter((line) => line.startsWith("Training"));
    const first = `Training ${STEPS} steps on all but what is set aside for validation (seed 4)`;
    expect(trainings(said)).toEqual([first]);
    expect(trainings(lines)).toEqual([first, `Training ${STEPS} steps on all interests (seed 4)`]);
  });

  test("going on from a model that knows the validation interests, nothing is calibrated, and the card says why", async () => {
    const further = { ...options, from: out, steps: 1, out: join(await remember(makeTempFolder()), "model") };
    const said: string[] = [];
    await runTraining(further, (line) => said.push(line));
    const why = "the model that training went on from was trained on 3 of the 3 interests for validation";
    expect(said.join("\n")).toContain(`Not calibrating: ${why}`);
    const [before, after] = [await knowledgeOf(out), await knowledgeOf(further.out)];
    expect(after.calibration).toEqual(before.calibration);
    expect(after.learned).toEqual(before.learned);
    const card = await readFile(join(further.out, "model-card.md"), "utf8");
    expect(card).toContain(`Not calibrated: ${why}`);
    expect(card).toContain("these results are better than those on other interests");
    expect(card).not.toContain("Trained twice");
  });

  test("a training that fails at its very end is not trained again, but finished", async () => {
    const failing = { ...options, out: join(await remember(makeTempFolder()), "model") };
    const inTheWay = join(failing.out, "model-card.md");
    await mkdir(inTheWay, { recursive: true });
    await expect(runTraining(failing, () => undefined)).rejects.toThrow("EISDIR");
    const weights = await readFile(join(failing.out, "weights.bin"));

    // What was begun for both is enough for one.
    const once = { ...failing, once: true };
    const saidOnce: string[] = [];
    await expect(runTraining(once, (line) => saidOnce.push(line))).rejects.toThrow("EISDIR");
    expect(saidOnce.filter((line) => /^(Training|Resuming|Seed)/.test(line))).toEqual([
      expect.stringMatching(/^Seed 4 is trained on all but what is set aside for validation: /),
    ]);

    await rmdir(inTheWay);
    const said: string[] = [];
    await runTraining(failing, (line) => said.push(line));
    expect(said.join("\n")).toMatch(/^Seed 4 is trained on all but what is set aside for validation: /m);
    expect(said).toContain(`Resuming at step ${STEPS} of ${STEPS} on all interests (seed 4)`);
    expect(await readFile(join(failing.out, "weights.bin"))).toEqual(weights);
    expect((await readdir(failing.out)).sort()).toEqual([
      "model-card.md",
      "model.json",
      "training-curve.svg",
      "weights.bin",
    ]);
  });
});

/** What a model was told to tell apart, and how sure it is of itself. */
async function knowledgeOf(folder: string) {
  const { description, weights } = await loadModel(folder);
  const calibration = await calibrationOf(weights);
  disposeWeights(weights);
  const learned = [...learnedCategories(description)].sort();
  return { calibration, categories: [...description.categories].sort(), learned };
}

test("a model that cannot be gone on from is refused by its folder, before a picture is looked at", async () => {
  const folder = await remember(makeTempFolder());
  await writeFile(join(folder, "model.json"), "{}");
  const said: string[] = [];
  const options = trainingOptions({ photos: ["no folder of photos"], from: folder, out: join(folder, "out") });
  const training = runTraining(options, (line) => said.push(line));
  await expect(training).rejects.toMatchObject({ code: "TRAINING_INPUT" });
  await expect(training).rejects.toThrow(`the model in ${folder} (--from)`);
  expect(said).toEqual([]);
});

test("folders that are too small are refused before anything is encoded", async () => {
  const photos = [await remember(makeInterestFolder(2, 3))];
  const cache = await remember(makeTempFolder());
  const training = runTraining(trainingOptions({ photos, out: join(cache, "model"), cache }), () => undefined);
  await expect(training).rejects.toThrow(PhotosError);
  expect(await readdir(join(cache, "model"))).toEqual([]);
});
