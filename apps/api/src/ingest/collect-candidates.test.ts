import { setImmediate as nextTurn } from "node:timers/promises";
import { measureQuality, type ExtractedFrame } from "@facet/frame-extraction";
import { expect, test } from "vitest";
import {
  collectCandidates,
  NoSafeFrameError,
  type CandidateCollection,
  type EncodedFrame,
} from "./collect-candidates.js";

/** Encodes a frame as its first byte, which is its unsafe score in percent too. */
const encoder: CandidateCollection["encoder"] = {
  secondConvolutionUnit: (frames) =>
    Promise.resolve(frames.map(([byte = 0]) => ({ feature: Float32Array.of(byte), unsafeScore: byte / 100 }))),
};
const keepNothing = () => Promise.resolve();

function collect(
  source: AsyncIterable<ExtractedFrame> | ((signal: AbortSignal) => AsyncIterable<ExtractedFrame>),
  unsafeThreshold: number | null,
  parts: Partial<CandidateCollection> = {},
): Promise<EncodedFrame[]> {
  const extract = typeof source === "function" ? source : () => source;
  return collectCandidates(extract, { encoder, unsafeThreshold, keep: keepNothing, ...parts });
}

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
  const kept = await collect(frames(...bytes), 0.8);
  expect(kept.map((frame) => [frame.index, frame.feature[0], frame.jpeg[0]])).toEqual(bytes.map((b) => [b, b, b]));
});

test("a frame at or over the threshold is set aside", async () => {
  const kept = await collect(frames(10, 80, 79, 99), 0.8);
  expect(kept.map((frame) => frame.index)).toEqual([0, 2]);
});

test("with the threshold off every frame stays", async () => {
  expect(await collect(frames(100, 99), null)).toHaveLength(2);
});

test("a video of unsafe frames only has no cover", async () => {
  await expect(collect(frames(90, 95), 0.8)).rejects.toThrow(NoSafeFrameError);
});

test("what the decoder throws comes through", async () => {
  async function* broken(): AsyncGenerator<ExtractedFrame> {
    yield* frames(1, 2, 3);
    throw new Error("cut short");
  }
  await expect(collect(broken(), 0.8)).rejects.toThrow("cut short");
});

test("what is kept of a batch is kept before the next, in order, and without what is unsafe", async () => {
  const batches: number[][] = [];
  let underWay = 0;
  const keep = async (batch: readonly EncodedFrame[]) => {
    expect((underWay += 1)).toBe(1);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    batches.push(batch.map(({ index }) => index));
    underWay -= 1;
  };
  await collect(frames(1, 90, 3, 4, 5, 6, 7, 8, 9), 0.8, { keep });
  expect(batches).toEqual([[0, 2, 3], [4, 5, 6, 7], [8]]);
});

test.each(["encoder", "keep"] as const)(
  "no more is decoded than the pipeline holds while the %s stands still",
  async (at) => {
    let given = 0;
    async function* counted(): AsyncGenerator<ExtractedFrame> {
      for await (const frame of frames(...Array.from({ length: 60 }, () => 1))) {
        given += 1;
        yield frame;
      }
    }
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const waitingEncoder: CandidateCollection["encoder"] = {
      secondConvolutionUnit: (batch) => gate.then(() => encoder.secondConvolutionUnit(batch)),
    };
    const all = collect(counted(), 0.8, at === "encoder" ? { encoder: waitingEncoder } : { keep: () => gate });
    for (let turn = 0; turn < 200; turn++) await nextTurn();
    // Four in each stage that stands still, four that wait for it, and those that the encoder has done before it waited.
    expect(given).toBeLessThanOrEqual(12);
    goOn();
    expect(await all).toHaveLength(60);
  },
);

test.each(["encoder", "keep"] as const)(
  "a failure of the %s ends the decoder at once, though it gives no further frame",
  async (at) => {
    let ended = false;
    async function* standingStill(signal: AbortSignal): AsyncGenerator<ExtractedFrame> {
      try {
        yield* frames(1, 2, 3, 4);
        signal.throwIfAborted();
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      } finally {
        ended = true;
      }
    }
    const failing = () => Promise.reject(new Error("out of order"));
    const parts = at === "encoder" ? { encoder: { secondConvolutionUnit: failing } } : { keep: failing };
    await expect(collect(standingStill, 0.8, parts)).rejects.toThrow("out of order");
    expect(ended).toBe(true);
  },
);

test("nothing is under way any more when a failure comes out", async () => {
  let underWay = 0;
  const keep = async () => {
    underWay += 1;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    underWay -= 1;
  };
  async function* cutShort(): AsyncGenerator<ExtractedFrame> {
    yield* frames(1, 2, 3, 4, 5, 6, 7, 8);
    throw new Error("cut short");
  }
  await expect(collect(cutShort(), 0.8, { keep })).rejects.toThrow("cut short");
  expect(underWay).toBe(0);
});
