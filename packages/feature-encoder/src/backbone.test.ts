import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Backbone } from "./backbone.js";
import { BackboneDescriptionError, BackboneFilesError, ImageSizeError } from "./errors.js";
import { loadFeatureEncoder } from "./feature-encoder.js";
import { makeTinyBackbone, plainPicture } from "./tiny-backbone.fixture.js";
import { useWasm } from "./wasm-backend.fixture.js";

beforeAll(useWasm);

function folderOf(backbone: Backbone): string {
  if (backbone.source.kind !== "folder") throw new Error("The tiny backbone is read from a folder.");
  return backbone.source.folder;
}

describe("another graph model in a folder", () => {
  test("gives the features that a person calculates, each tap of length 1", async () => {
    const encoder = await loadFeatureEncoder({ backbone: await makeTinyBackbone() });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(255, 0, 255)]);

    // Red 1, blue 1: the convolution's channels are [1, 0, 2, 0], whose length is the root of 5.
    const tap = [1 / Math.sqrt(5), 0, 2 / Math.sqrt(5), 0];
    expect(encoder.width).toBe(8);
    [...tap, ...tap].forEach((number, i) => expect(encoded?.feature[i]).toBeCloseTo(number, 5));
    // Logits [8, 0, 8]: red has half of the probability, green next to none.
    expect(encoded?.unsafeScore).toBeCloseTo(0.5, 3);
    encoder.dispose();
  });

  test("is fed the range that its description says", async () => {
    const tiny = await makeTinyBackbone();
    const encoder = await loadFeatureEncoder({ backbone: { ...tiny, input: { ...tiny.input, range: [-1, 1] } } });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(0, 255, 255)]);
    [-1, 1, 2, 0].forEach((number, i) => expect(encoded?.feature[i]).toBeCloseTo(number / Math.sqrt(6), 5));
    encoder.dispose();
  });

  test("scores nothing unsafe where it has no such classes", async () => {
    const encoder = await loadFeatureEncoder({ backbone: { ...(await makeTinyBackbone()), unsafe: "none" } });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(255, 0, 0)]);
    expect(encoded?.unsafeScore).toBe(0);
    encoder.dispose();
  });

  test("an all-black picture has a feature of zeros, not of NaN", async () => {
    const encoder = await loadFeatureEncoder({ backbone: await makeTinyBackbone() });
    const [encoded] = await encoder.secondConvolutionUnit([plainPicture(0, 0, 0)]);
    expect([...(encoded?.feature ?? [])]).toEqual(Array<number>(8).fill(0));
    encoder.dispose();
  });
});

describe("the version", () => {
  const versionOf = async (backbone: Backbone) => {
    const encoder = await loadFeatureEncoder({ backbone });
    encoder.dispose();
    return encoder.version;
  };

  test("is the same for the same files in another folder", async () => {
    expect(await versionOf(await makeTinyBackbone())).toBe(await versionOf(await makeTinyBackbone()));
  });

  test("changes with one weight, with the taps, and with the input's range", async () => {
    const tiny = await makeTinyBackbone();
    const changed = [
      await makeTinyBackbone({ kernel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2.0001, 0] }),
      { ...tiny, taps: ["pooled"] } satisfies Backbone,
      { ...tiny, input: { ...tiny.input, range: [-1, 1] } } satisfies Backbone,
    ];
    const versions = await Promise.all([tiny, ...changed].map(versionOf));
    expect(new Set(versions).size).toBe(4);
  });
});

describe("bad input", () => {
  test("a picture of the wrong length is named, and nothing is computed", async () => {
    const encoder = await loadFeatureEncoder({ backbone: await makeTinyBackbone() });
    const encoding = encoder.firstConvolutionUnit([plainPicture(1, 2, 3), new Uint8Array(23)]);
    await expect(encoding).rejects.toThrow(new ImageSizeError(1, 23, 24));
    encoder.dispose();
  });

  test("a tap that the graph does not have is named", async () => {
    const backbone = { ...(await makeTinyBackbone()), taps: ["colours", "layer_9"] } satisfies Backbone;
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow(BackboneDescriptionError);
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow('no node "layer_9"');
  });

  test("an unsafe class that the graph does not have is named", async () => {
    const backbone = { ...(await makeTinyBackbone()), unsafe: { node: "classes", classes: [1, 3] } } satisfies Backbone;
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow("no unsafe class 3");
  });

  test("weights that are cut short are told from whole ones", async () => {
    const backbone = await makeTinyBackbone({ cutShort: 4 });
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow("weights are 100 bytes: its model.json says 104");
  });

  test("a missing weight file is named without its folder", async () => {
    const backbone = await makeTinyBackbone();
    await rm(join(folderOf(backbone), "weights.bin"));
    const loading = loadFeatureEncoder({ backbone });
    await expect(loading).rejects.toThrow("weights.bin cannot be opened");
    await expect(loading).rejects.not.toThrow(folderOf(backbone));
  });

  test("a model.json that is not JSON is told", async () => {
    const backbone = await makeTinyBackbone();
    await writeFile(join(folderOf(backbone), "model.json"), "<html>");
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow(BackboneFilesError);
  });

  test("a failed load leaves no tensor behind", async () => {
    const before = memory().numTensors;
    const backbone = { ...(await makeTinyBackbone()), taps: ["layer_9"] } satisfies Backbone;
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });
});
