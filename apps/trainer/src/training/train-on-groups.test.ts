import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawLikes, makeClip, SECONDS_A_PICTURE, writeGroups } from "../groups/clips.fixture.js";
import { CheckpointMismatchError } from "./checkpoint/errors.js";
import { runTraining } from "./run-training.js";
import { trainingOptions } from "./training-options.fixture.js";
import type { TrainingOptions } from "./training-options.js";

const TIMEOUT = { timeout: 180_000 };

let root: string;
let clips: string[];
let likes: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "facet-own-"));
  likes = await drawLikes(root, 1, 3);
  clips = await Promise.all(
    [
      [0, 1, 2, 3],
      [4, 1, 5, 6],
      [7, 8, 1, 9],
    ].map((pictures, i) => makeClip(root, `clip-${i}`, pictures)),
  );
});
afterAll(() => rm(root, { recursive: true }));

async function train(
  asked: Partial<TrainingOptions> & { readonly lines: readonly unknown[]; readonly name: string },
): Promise<{ out: string; said: string[] }> {
  const { lines, name, ...options } = asked;
  const out = join(root, name);
  const said: string[] = [];
  const groups = [await writeGroups(root, lines, `${name}.jsonl`)];
  const cache = join(root, "cache");
  await runTraining(trainingOptions({ out, cache, groups, steps: 2, ...options }), (line) => said.push(line));
  return { out, said };
}

const withCovers = () =>
  clips.map((video, i) => ({
    video,
    category: `kind ${i}`,
    coverMs: (i === 2 ? 2.5 : 1.5) * SECONDS_A_PICTURE * 1000,
    likes,
  }));
const read = async (folder: string, file: string) => readFile(join(folder, file), "utf8");
const modelOf = async (folder: string) =>
  JSON.parse(await read(folder, "model.json")) as { categories: string[]; variant: string };

test("groups alone go on from the shipped model, with its metric and categories of their own", TIMEOUT, async () => {
  const { out, said } = await train({ name: "alone", lines: withCovers() });
  expect((await readdir(out)).sort()).toEqual(["model-card.md", "model.json", "training-curve.svg", "weights.bin"]);
  const { categories, variant } = await modelOf(out);
  expect(variant).toBe("shipped");
  expect(categories).toHaveLength(2); // the third is validated on
  expect(categories[0]).toMatch(/^groups\/kind \d$/);
  const [shipped, trained] = await Promise.all([InterestAttentionScorer.load(), InterestAttentionScorer.load(out)]);
  expect(trained.learnedCategories).toEqual([...categories, ...shipped.categories]);
  const card = await read(out, "model-card.md");
  expect(card).toContain(`Went on from the model \`${shipped.modelVersion}\`, whose metric was kept`);
  expect(card).toContain("| alone.jsonl | 3 | 2 | 1 | 3 | 100.0% |");
  expect(card).toMatch(/Before training the model it went on from had \d/);
  expect(card).not.toMatch(/NaN|undefined/);
  expect(said.at(-1)).toContain("validation hit@1");
  shipped.dispose();
  trained.dispose();
});

test("without covers, categories are learned from and scored", TIMEOUT, async () => {
  const lines = clips.map((video, i) => ({ video, category: i === 0 ? "round" : "square", likes }));
  const { out, said } = await train({ name: "categories", lines, labels: "category" });
  expect(said.at(-1)).toContain("validation categories told");
  const card = await read(out, "model-card.md");
  expect(card).toContain("alone. No cover was told in training.");
  expect(card).toContain("Not calibrated");
  expect(card).not.toMatch(/NaN|undefined/);
});

test("of several seeds the middle one is kept, and what is finished is not trained again", TIMEOUT, async () => {
  const asked = { name: "seeds", lines: withCovers(), seeds: [1, 2, 3] };
  const { out } = await train(asked);
  const [card, weights] = [await read(out, "model-card.md"), await readFile(join(out, "weights.bin"))];
  expect(card).toMatch(/Seeds, by validation hit@1; the middle one, [123], is this model\. From [\d.]+% to [\d.]+%\./);
  const kept = await Promise.all([1, 2, 3].map((seed) => readFile(join(out, `seed-${seed}`, "weights.bin"))));
  expect(kept.filter((bytes) => bytes.equals(weights))).toHaveLength(1);

  await rm(join(out, "seed-2"), { recursive: true });
  const { said } = await train(asked);
  expect(said.filter((line) => /^Seed \d is trained on all but/.test(line))).toHaveLength(2);
  expect(said.filter((line) => line.startsWith("Training 2 steps"))).toEqual([
    "Training 2 steps on all but what is set aside for validation (seed 2)",
  ]);
  expect((await readFile(join(out, "seed-2", "weights.bin"))).equals(kept[1] ?? Buffer.alloc(0))).toBe(true);

  await expect(train({ ...asked, steps: 3 })).rejects.toThrow(CheckpointMismatchError);
  const again = await train({ ...asked, steps: 3, restart: true });
  expect(again.said.filter((line) => line.startsWith("Training 3 steps"))).toHaveLength(3);
});
