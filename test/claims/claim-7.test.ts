import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extractAll, makeClip } from "./clip.fixture.js";

const FRAMES = 20;

describe("claim 7: the video is decoded, and all of its frames form the candidate set", () => {
  let clip: Awaited<ReturnType<typeof makeClip>>;
  beforeAll(async () => {
    clip = await makeClip(FRAMES);
  });
  afterAll(() => clip.remove());

  test("every decoded frame is in the set, once, in order, at its own time", async () => {
    const set = await extractAll(clip.file, { kind: "everyFrame" });
    expect(set.map(({ index }) => index)).toEqual(Array.from({ length: FRAMES }, (_, i) => i));
    expect(set.map(({ timestampMs }) => Math.round(timestampMs))).toEqual(set.map((_, i) => i * 40));
  });

  test("whatever the rule, a target is a frame of that set", async () => {
    const times = new Map((await extractAll(clip.file, { kind: "everyFrame" })).map((f) => [f.index, f.timestampMs]));
    const targets = await extractAll(clip.file, { kind: "everyNth", n: 7 });
    expect(targets.length).toBeGreaterThan(0);
    for (const { index, timestampMs } of targets) expect(times.get(index)).toBe(timestampMs);
  });
});
