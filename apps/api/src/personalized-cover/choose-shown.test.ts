import DataLoader from "dataloader";
import { expect, test, vi } from "vitest";
import { CandidateFrameGoneError } from "../candidate-frame/candidate-frame-loaders.js";
import type { CandidateFrameRecord } from "../candidate-frame/candidate-frame-record.js";
import { chooseShown } from "./choose-shown.js";
import type { CoverDecision } from "./cover-decision.js";

/** A cover of the source that the letter names: its first frame of two. */
const coverOf = (source: string): CoverDecision => ({
  ...{ decisionId: source, videoId: "film", userId: "ann", basis: "PERSONALIZED", reason: "SCORED" },
  ...{ modelVersion: "m", historyVersion: 1, decidedAt: new Date(0), diversified: false },
  ...{ frameId: `${source}1`, probability: 0.5 },
  candidates: [1, 2].map((place) => ({ frameId: `${source}${place}`, interestWeight: 0, probability: 0.5 })),
});

/** Frames that are there, and whatever reading another one comes to. */
function makeLoader(there: readonly string[], otherwise = (id: string): Error => new CandidateFrameGoneError(id)) {
  const read = vi.fn((ids: readonly string[]) =>
    Promise.resolve(ids.map((id) => (there.includes(id) ? ({ id } as CandidateFrameRecord) : otherwise(id)))),
  );
  return { read, loader: new DataLoader<string, CandidateFrameRecord>(read) };
}

const asList = (cover: CoverDecision): CoverDecision[] => [cover];

test("a cover whose frame is gone is chosen again, and what is answered has its frames in the request already", async () => {
  const { read, loader } = makeLoader(["b1", "b2"]);
  const choose = vi.fn().mockResolvedValueOnce(coverOf("a")).mockResolvedValue(coverOf("b"));
  expect(await chooseShown(loader, "ALL", choose, asList)).toEqual(coverOf("b"));
  expect(choose).toHaveBeenCalledTimes(2);
  const reads = read.mock.calls.length;
  expect(await loader.load("b2")).toEqual({ id: "b2" });
  expect(read).toHaveBeenCalledTimes(reads);
});

test("a cover of which only what is not shown is gone is answered as it is", async () => {
  const { loader } = makeLoader(["a1"]);
  const choose = vi.fn().mockResolvedValueOnce(coverOf("a")).mockResolvedValue(coverOf("b"));
  expect(await chooseShown(loader, "CHOSEN", choose, asList)).toEqual(coverOf("a"));
});

test("the frames of a page are read at once", async () => {
  const { read, loader } = makeLoader(["a1", "a2", "b1", "b2"]);
  await chooseShown(
    loader,
    "ALL",
    () => Promise.resolve([coverOf("a"), coverOf("b")]),
    (covers) => covers,
  );
  expect(read.mock.calls).toEqual([[["a1", "a2", "b1", "b2"]]]);
});

test("a database that fails is asked no second time", async () => {
  const { loader } = makeLoader([], () => new Error("no database"));
  const choose = vi.fn().mockResolvedValue(coverOf("a"));
  await expect(chooseShown(loader, "ALL", choose, asList)).rejects.toThrow("no database");
  expect(choose).toHaveBeenCalledTimes(1);
});
