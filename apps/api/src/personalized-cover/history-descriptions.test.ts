import { beforeEach, expect, test, vi } from "vitest";
import { HistoryDescriptions, type HistoryKey } from "./history-descriptions.js";

/** As it is in the database. */
let historyVersion: number;
const readHistory = vi.fn(() => Promise.resolve({ historyVersion, features: [Float32Array.of(historyVersion)] }));
const describeHistories = vi.fn((histories: readonly (readonly Float32Array[])[]) =>
  Promise.resolve(
    histories.map((history) => ({
      ...{ modelVersion: "m", likedImages: history.length, states: history[0] ?? new Float32Array() },
      ...{ kindMean: new Float32Array(), directions: new Float32Array() },
    })),
  ),
);
const keyOf = (version: number): HistoryKey => ({ userId: "ann", viewerSince: new Date(0), historyVersion: version });
let descriptions: HistoryDescriptions;

beforeEach(() => {
  historyVersion = 1;
  vi.clearAllMocks();
  descriptions = new HistoryDescriptions({ describeHistories, modelVersion: "m" }, readHistory);
});

test("a history is described once for each of its versions", async () => {
  const [first, second] = [await descriptions.describe(keyOf(1)), await descriptions.describe(keyOf(1))];
  expect(second).toBe(first);
  historyVersion = 2;
  expect((await descriptions.describe(keyOf(2))).states).toEqual(Float32Array.of(2));
  expect(describeHistories).toHaveBeenCalledTimes(2);
});

test("a history that has changed since its version was read is not taken for it, then or later", async () => {
  historyVersion = 2;
  for (const time of [1, 2]) {
    await expect(descriptions.describe(keyOf(1))).rejects.toThrow("another one");
    expect(readHistory).toHaveBeenCalledTimes(time);
  }
  expect(describeHistories).not.toHaveBeenCalled();
});
