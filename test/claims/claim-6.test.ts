import { loadFeatureEncoder, type FeatureEncoder } from "@facet/feature-encoder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extractAll, makeClip } from "./clip.fixture.js";
import { useWasm } from "./shipped-scorer.fixture.js";

describe("claim 6: a preset rule takes target candidates from the set; a second convolution unit gives their features", () => {
  let clip: Awaited<ReturnType<typeof makeClip>>;
  let encoder: FeatureEncoder;
  beforeAll(async () => {
    await useWasm();
    clip = await makeClip(12);
    encoder = await loadFeatureEncoder();
  });
  afterAll(async () => {
    encoder.dispose();
    await clip.remove();
  });

  test("every rule takes a part of the same set, and each takes its own", async () => {
    const third = await extractAll(clip.file, { kind: "everyNth", n: 3 });
    const interval = await extractAll(clip.file, { kind: "interval", seconds: 0.2 });
    expect(third.map(({ index }) => index)).toEqual([0, 3, 6, 9]);
    expect(interval.map(({ index }) => index)).toEqual([0, 5, 10]);
  });

  test("every target candidate gets a feature of its own", async () => {
    const targets = await extractAll(clip.file, { kind: "everyNth", n: 6 });
    const encoded = await encoder.secondConvolutionUnit(targets.map(({ rgb }) => rgb));
    expect(encoded).toHaveLength(2);
    expect(encoded.every(({ feature }) => feature.length === encoder.width)).toBe(true);
    expect(encoded[0]?.feature).not.toEqual(encoded[1]?.feature);
  });

  test("both convolution units see alike, so that likes and frames can be compared", async () => {
    const [target] = await extractAll(clip.file, { kind: "everyNth", n: 100 });
    if (!target) throw new Error("There is no target.");
    const [asFrame] = await encoder.secondConvolutionUnit([target.rgb]);
    const [asLike] = await encoder.firstConvolutionUnit([target.rgb]);
    expect(asLike?.feature).toEqual(asFrame?.feature);
  });
});
