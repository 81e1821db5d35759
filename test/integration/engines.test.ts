import { importOnnxRuntime } from "@facet/onnx-graph";
import { pino } from "pino";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../apps/api/src/config/index.js";
import { ENGINES, type EngineName } from "../../apps/api/src/engine-name.js";
import { loadModels } from "../../apps/api/src/models.js";
import { selectTensorBackend } from "../../apps/api/src/tensor-backend.js";
import { indexOfLargest, largestDifference } from "../claims/shipped-scorer.fixture.js";
import { PHOTOS, photoPath } from "./material.fixture.js";

/** What a number may differ by from engine to engine. */
const TOLERANCE = 1e-4;

/** What an engine needs of this machine; an engine that has that, and still fails, fails the test. */
const NEEDS: Readonly<Record<Exclude<EngineName, "wasm">, () => Promise<unknown>>> = {
  onnx: () => importOnnxRuntime(),
  tensorflow: () => selectTensorBackend(["tensorflow"]),
};

async function isHere(name: Exclude<EngineName, "wasm">): Promise<boolean> {
  try {
    await NEEDS[name]();
    return true;
  } catch (error) {
    console.warn(`The engine ${name} is not compared: ${String(error)}`);
    return false;
  }
}

const others: Exclude<EngineName, "wasm">[] = [];
for (const name of ENGINES) if (name !== "wasm" && (await isHere(name))) others.push(name);

/** Histories and videos: photographs by their place in the list. */
const HISTORIES = [[0], [1, 2, 3], [4, 5, 6, 7, 1, 0]];
const VIDEOS = [
  [3, 4, 5, 6, 7],
  [0, 7],
  [2, 0, 1, 6],
];

/** All that one engine makes of the photographs. TensorFlow.js has one backend at a time, so one engine after the other. */
async function judgeOn(name: EngineName, photos: readonly Uint8Array[]) {
  const { encoder, scorer } = await loadModels(pino({ level: "silent" }), readConfig({ FACET_ENGINE: name }));
  expect([encoder.engine.name, scorer.engine.name]).toEqual([name, name]);
  const encoded = await encoder.secondConvolutionUnit(photos);
  const features = encoded.map(({ feature }) => feature);
  const pick = (places: readonly number[]) => places.flatMap((place) => features[place] ?? []);
  const descriptions = await scorer.describeHistories(HISTORIES.map(pick));
  const requests = descriptions.flatMap((description) => VIDEOS.map((video) => ({ frames: pick(video), description })));
  const scored = await scorer.scoreFrames(requests);
  encoder.dispose();
  scorer.dispose();
  return { version: encoder.version, encoded, probabilities: scored.map(({ probabilities }) => probabilities) };
}

type Judged = Awaited<ReturnType<typeof judgeOn>>;

describe.each(others)("the engine %s, beside wasm, with the shipped networks and real photographs", (name) => {
  let expected: Judged;
  let actual: Judged;

  beforeAll(async () => {
    const photos = await Promise.all(
      PHOTOS.map((photo) => sharp(photoPath(photo)).resize(224, 224, { fit: "fill" }).removeAlpha().raw().toBuffer()),
    );
    expected = await judgeOn("wasm", photos);
    actual = await judgeOn(name, photos);
  });

  test("gives the encoder the same version", () => {
    expect(actual.version).toBe(expected.version);
  });

  test("gives the same features and unsafe scores", () => {
    expect(expected.encoded.length).toBeGreaterThanOrEqual(8);
    for (const [i, { feature, unsafeScore }] of expected.encoded.entries()) {
      const other = actual.encoded[i];
      expect(largestDifference(feature, other?.feature ?? [])).toBeLessThan(TOLERANCE);
      expect(Math.abs(unsafeScore - (other?.unsafeScore ?? NaN))).toBeLessThan(TOLERANCE);
    }
  });

  test("gives the same probabilities, and chooses the same covers", () => {
    expect(expected.probabilities).toHaveLength(HISTORIES.length * VIDEOS.length);
    for (const [i, probabilities] of expected.probabilities.entries()) {
      const other = actual.probabilities[i] ?? [];
      expect(largestDifference(probabilities, other)).toBeLessThan(TOLERANCE);
      expect(indexOfLargest(other)).toBe(indexOfLargest(probabilities));
    }
  });
});
