import type { FeatureEncoder } from "@facet/feature-encoder";
import { measureQuality, type ExtractedFrame } from "@facet/frame-extraction";
import { expect, test } from "vitest";
import { collectCandidates, NoSafeFrameError } from "./collect-candidates.js";

/** Encodes a frame as its first byte, which is its unsafe score in percent too. */
const encoder = {
  secondConvolutionUnit: (frames: readonly Uint8Array[]) =>
    Promise.resolve(frames.map(([byte = 0]) => ({ feature: Float32Array.of(byte), unsafeScore: byte / 100 }))),
} as unknown as FeatureEncoder;

async function* frames(...bytes: number[]): AsyncGenerator<ExtractedFrame> {
  for (const [index, byte] of bytes.entries()) {
    const quality = measureQuality(new Uint8Array(27), 3, 3);
    const jpeg = Uint8Array.of(byte);
    yield await Promise.resolve({
      ...{ index, timestampMs: index * 40, shot: 0, width: 2, height: 2, jpeg, rgb: Uint8Array.of(byte), quality },
    });
  }
}

test("every frame comes out with its own feature, in order, however many batches there are", async () => {
  const bytes = Array.from({ length: 19 }, (_, index) => index);
  const kept = await collectCandidates(frames(...bytes), encoder, 0.8);
  expect(kept.map((frame) => [frame.index, frame.feature[0], frame.jpeg[0]])).toEqual(bytes.map((b) => [b, b, b]));
});

test("a frame at or over the threshold is set aside", async () => {
  const kept = await collectCandidates(frames(10, 80, 79, 99), encoder, 0.8);
  expect(kept.map((frame) => frame.index)).toEqual([0, 2]);
});

test("with the threshold off every frame stays", async () => {
  expect(await collectCandidates(frames(100, 99), encoder, null)).toHaveLength(2);
});

test("a video of unsafe frames only has no cover", async () => {
  await expect(collectCandidates(frames(90, 95), encoder, 0.8)).rejects.toThrow(NoSafeFrameError);
});

test("what the decoder throws comes through", async () => {
  async function* broken(): AsyncGenerator<ExtractedFrame> {
    yield* frames(1, 2, 3);
    throw new Error("cut short");
  }
  await expect(collectCandidates(broken(), encoder, 0.8)).rejects.toThrow("cut short");
});
