import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import type { Labels } from "./labels.js";
import { makeUpTask, trainToEnd } from "./made-up-task.fixture.js";

beforeAll(() => chooseBackend());

const CHANCE = 1 / 6;

test.each<[string, Labels]>([
  ["from covers and categories", { kind: "cover", lambda: 0.1 }],
  ["from categories alone", { kind: "category" }],
])("%s a scorer learns which frame a viewer of unseen interests wants", { timeout: 180_000 }, async (_, labels) => {
  const { task, judgeUnseen } = makeUpTask(labels, 100);
  // The viewer's older likes are the most: a scorer that did not learn is led astray by them.
  expect(await judgeUnseen(task.weights)).toBeLessThan(CHANCE);
  expect(await judgeUnseen(await trainToEnd(task))).toBeGreaterThan(4 * CHANCE);
});
