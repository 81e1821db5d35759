import { createHash } from "node:crypto";
import { parseImageHash } from "@facet/domain";
import { expect, test } from "vitest";
import { findRightFrames } from "./find-right-frames.js";
import type { KnownFrame } from "./video-frames-cache.js";

function frame(timestampMs: number, ...feature: number[]): KnownFrame {
  const key = parseImageHash(createHash("sha256").update(String(timestampMs)).digest("hex"));
  return { key, timestampMs, shot: 0, feature: Float32Array.from(feature) };
}

const SEA = frame(1000, 1, 0, 0);
const SEA_AGAIN = frame(2000, 0.99, 0.05, 0);
const WOOD = frame(5000, 0, 1, 0);
const TARGETS = [SEA, SEA_AGAIN, WOOD];
const unread = () => Promise.reject(new Error("The video was read."));

test("the candidate nearest to the cover's time is right, without reading the video again", async () => {
  const { frames, right } = await findRightFrames(TARGETS, 5040, unread);
  expect(frames).toBe(TARGETS);
  expect([...right]).toEqual([WOOD]);
});

test("candidates that look like the cover are as right as it is", async () => {
  const { right } = await findRightFrames(TARGETS, 1000, unread);
  expect([...right]).toEqual([SEA, SEA_AGAIN]);
});

test("where no candidate is near, the cover's own frame joins them at its time", async () => {
  const city = frame(3000, 0, 0, 1);
  const { frames, right } = await findRightFrames(TARGETS, 3000, () => Promise.resolve(city));
  expect(frames).toEqual([SEA, SEA_AGAIN, city, WOOD]);
  expect([...right]).toEqual([city]);
});

test("a candidate on the other side of a cut is not the cover, be it ever so little away", async () => {
  const { right } = await findRightFrames(TARGETS, 5100, () => Promise.resolve(frame(5100, 1, 0.1, 0)));
  expect([...right]).toEqual([SEA, SEA_AGAIN]);
});

test("where no candidate is near but one is the same picture, that one is right and none joins", async () => {
  const { frames, right } = await findRightFrames(TARGETS, 9000, () => Promise.resolve(frame(9000, 0, 1, 0.1)));
  expect(frames).toBe(TARGETS);
  expect([...right]).toEqual([WOOD]);
});

test("after the last frame the nearest candidate stands for the cover", async () => {
  const { right } = await findRightFrames(TARGETS, 9000, () => Promise.resolve(undefined));
  expect([...right]).toEqual([WOOD]);
});
