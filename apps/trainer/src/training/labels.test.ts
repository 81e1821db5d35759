import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import type { Labels } from "./labels.js";
import { makeUpTask } from "./made-up-task.fixture.js";
import { trainWeights } from "./train-weights.js";

beforeAll(() => chooseBackend());

const CHANCE = 1 / 6;

test.each<[string, Labels]>([
  ["from covers and categories", { kind: "cover", lambda: 0.1 }],
  ["from categories alone", { kind: "category" }],
])("%s a scorer learns which frame a viewer of unseen interests wants", { timeout: 180_000 }, async (_, labels) => {
  const { task, judgeUnseen } = makeUpTask(labels, 100);
  // The viewer's older likes are the most: a scorer that did not learn is led astray by them.
  expect(await judgeUnseen(task.weights)).toBeLessThan(CHANCE);
  const control = { keep: () => Promise.resolve(), shouldStop: () => false, onStep: () => undefined };
  const end = await trainWeights(task, control);
  if (end.kind !== "trained") throw new Error("Training stopped.");
  expect(await judgeUnseen(end.weights)).toBeGreaterThan(4 * CHANCE);
});
