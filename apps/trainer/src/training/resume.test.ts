import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Weights } from "@facet/interest-attention/training";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { CheckpointFile } from "./checkpoint/checkpoint-file.js";
import { CheckpointMismatchError } from "./checkpoint/errors.js";
import { makeUpTask } from "./made-up-task.fixture.js";
import { trainWeights, type TrainingEnd } from "./train-weights.js";

const STEPS = 8;
const TASK = { "the photos and groups": "a".repeat(64), steps: String(STEPS), seed: "1" };

let root: string;
let folder: string;
const said: string[] = [];
const say = (line: string) => said.push(line);
const file = () => join(folder, "training.checkpoint");

beforeAll(async () => {
  await chooseBackend();
  root = await mkdtemp(join(tmpdir(), "facet-resume-"));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, "out-"));
  said.length = 0;
});

/** Trains the one task of this test, until it was asked to stop after so many steps. */
async function train(stopAfter = Infinity): Promise<TrainingEnd> {
  const { task } = makeUpTask({ kind: "cover", lambda: 0.1 }, STEPS);
  const checkpoint = new CheckpointFile(folder, TASK);
  let done = 0;
  return trainWeights(task, {
    from: await checkpoint.read(say),
    keep: (state) => checkpoint.write(state),
    shouldStop: () => done >= stopAfter,
    onStep: ({ step }) => (done = step),
  });
}

async function numbersOf(end: TrainingEnd): Promise<[string, number[]][]> {
  if (end.kind !== "trained") throw new Error("Training stopped.");
  const weights: Weights = end.weights;
  return Promise.all(
    [...weights].map(async ([name, weight]): Promise<[string, number[]]> => [name, Array.from(await weight.data())]),
  );
}

test("a training that was stopped twice ends with the very weights and curve of one that never was", async () => {
  const whole = await train();
  await new CheckpointFile(folder, TASK).remove();
  expect(await train(3)).toEqual({ kind: "stopped", step: 3 });
  expect(await train(5)).toEqual({ kind: "stopped", step: 5 });
  const pieced = await train();
  expect(await numbersOf(pieced)).toEqual(await numbersOf(whole));
  expect(pieced).toMatchObject({ curve: whole.kind === "trained" ? whole.curve : [] });
  expect(said).toEqual([]);
});

test("one that was stopped in its last step has nothing left to train, and ends with the same weights", async () => {
  const whole = await train();
  await new CheckpointFile(folder, TASK).remove();
  expect(await train(STEPS)).toEqual({ kind: "stopped", step: STEPS });
  expect(await numbersOf(await train())).toEqual(await numbersOf(whole));
});

test("a checkpoint of another task is refused, and what differs is told", async () => {
  await train(1);
  const other = new CheckpointFile(folder, { ...TASK, seed: "2", "the photos and groups": "b".repeat(64) });
  const reading = other.read(say);
  await expect(reading).rejects.toThrow(CheckpointMismatchError);
  await expect(reading).rejects.toThrow(/step 1.*the photos and groups, seed \(1 there, 2 here\).*--restart/s);
});

test.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1000)],
  ["cut off in its first bytes", (bytes: Buffer) => bytes.subarray(0, 7)],
  ["empty", () => Buffer.alloc(0)],
  ["changed in one bit", (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))],
  ["no checkpoint", () => Buffer.from("{}".repeat(200))],
])("a checkpoint that is %s is left out with a line", async (_, spoil) => {
  await train(1);
  await writeFile(file(), spoil(await readFile(file())));
  expect(await new CheckpointFile(folder, TASK).read(say)).toBeUndefined();
  expect(said.join()).toMatch(/training\.checkpoint is not used, training begins anew.*damaged/);
});

test("what a kill left half-written beside a checkpoint does not count", async () => {
  await train(2);
  const whole = await readFile(file());
  await writeFile(`${file()}.tmp`, whole.subarray(0, 100));
  expect(await new CheckpointFile(folder, TASK).read(say)).toMatchObject({ step: 2 });
});

test("a checkpoint that is removed leaves nothing", async () => {
  await train(1);
  await writeFile(`${file()}.tmp`, "half-written");
  await new CheckpointFile(folder, TASK).remove();
  expect(await readdir(folder)).toEqual([]);
});
