import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Backbone } from "./backbone.js";
import { BackboneDescriptionError, BackboneFilesError, ImageSizeError } from "./errors.js";
import { loadFeatureEncoder } from "./feature-encoder.js";
import { makeTinyBackbone, makeTinyLayersBackbone, plainPicture } from "./tiny-backbone.fixture.js";
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

describe("centred pooling", () => {
  const framed = (edge: readonly number[], middle: readonly number[]) =>
    Uint8Array.from(Array.from({ length: 15 }, (_, i) => ([6, 7, 8].includes(i) ? middle : edge)).flat());

  test("counts the edge of a picture less", async () => {
    const tiny = await makeTinyBackbone({ size: { height: 3, width: 5 } });
    const encoder = await loadFeatureEncoder({ backbone: { ...tiny, taps: ["colours"], pooling: "centred" } });
    const [encoded] = await encoder.firstConvolutionUnit([framed([255, 0, 0], [0, 255, 0])]);
    // Of all 15 places 12 are red and 3 green, of the inner 3 all are green.
    const mean = [12 / 15, 3 / 15 + 1];
    mean.forEach((number, i) => expect(encoded?.feature[i]).toBeCloseTo(number / Math.hypot(...mean), 5));
    encoder.dispose();
  });

  test("makes another version", async () => {
    const tiny = await makeTinyBackbone({ size: { height: 3, width: 5 } });
    const [even, centred] = [
      await loadFeatureEncoder({ backbone: { ...tiny, taps: ["colours"], pooling: "even" } }),
      await loadFeatureEncoder({ backbone: { ...tiny, taps: ["colours"], pooling: "centred" } }),
    ];
    expect(centred.version).not.toBe(even.version);
    even.dispose();
    centred.dispose();
  });

  test("of a tap that is all edge is refused", async () => {
    const loading = loadFeatureEncoder({ backbone: { ...(await makeTinyBackbone()), pooling: "centred" } });
    await expect(loading).rejects.toThrow(BackboneDescriptionError);
    await expect(loading).rejects.toThrow('the tap "colours" is of 2 x 4 places: centred pooling takes 3 x 3 at least');
  });
});

describe("a layers model in a folder", () => {
  test("gives what the same network gives as a graph", async () => {
    const graph = await loadFeatureEncoder({ backbone: await makeTinyBackbone() });
    const layers = await loadFeatureEncoder({ backbone: await makeTinyLayersBackbone() });
    const pictures = [plainPicture(255, 0, 255), plainPicture(10, 200, 30), plainPicture(0, 0, 0)];
    const [expected, encoded] = [
      await graph.firstConvolutionUnit(pictures),
      await layers.firstConvolutionUnit(pictures),
    ];
    for (const [i, { feature, unsafeScore }] of expected.entries()) {
      feature.forEach((number, at) => expect(encoded[i]?.feature[at]).toBeCloseTo(number, 5));
      expect(encoded[i]?.unsafeScore).toBeCloseTo(unsafeScore, 5);
    }
    graph.dispose();
    layers.dispose();
  });

  test("may have one layer as a tap and as its classes", async () => {
    const tiny = await makeTinyLayersBackbone();
    const encoder = await loadFeatureEncoder({ backbone: { ...tiny, taps: ["classes", "pooled"] } });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(255, 0, 255)]);
    expect(encoder.width).toBe(7);
    expect(encoded?.unsafeScore).toBeCloseTo(0.5, 3);
    encoder.dispose();
  });

  test("takes no memory once it is disposed of, or is refused", async () => {
    const before = memory().numTensors;
    const tiny = await makeTinyLayersBackbone();
    const encoder = await loadFeatureEncoder({ backbone: tiny });
    await encoder.firstConvolutionUnit([plainPicture(1, 2, 3)]);
    encoder.dispose();
    const missing = loadFeatureEncoder({ backbone: { ...tiny, taps: ["layer_9"] } });
    await expect(missing).rejects.toThrow('no layer "layer_9"');
    expect(memory().numTensors).toBe(before);
  });
});

describe("the range of the input", () => {
  test("may differ by channel, as where pictures are standardised", async () => {
    const tiny = await makeTinyBackbone();
    const range = [
      [0, 2],
      [-1, 0],
      [0, 1],
    ] as const;
    const encoder = await loadFeatureEncoder({ backbone: { ...tiny, input: { ...tiny.input, range } } });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(255, 0, 0)]);
    [2, -1, 0, 0].forEach((number, i) => expect(encoded?.feature[i]).toBeCloseTo(number / Math.sqrt(5), 5));
    encoder.dispose();
  });
});

describe("pictures of another size than the input", () => {
  test("are scaled to it, evenly over the whole picture", async () => {
    const tiny = await makeTinyBackbone();
    const encoder = await loadFeatureEncoder({ backbone: tiny, picture: { height: 4, width: 8 } });
    expect(encoder.imageBytes).toBe(96);
    // Left half red, right half blue: as much of each, whatever the size.
    const halves = Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? [255, 0, 0] : [0, 0, 255])).flat();
    const [encoded] = await encoder.firstConvolutionUnit([Uint8Array.from(halves)]);
    [1, 0, 2, 0].forEach((number, i) => expect(encoded?.feature[i]).toBeCloseTo(number / Math.sqrt(5), 5));
    encoder.dispose();
  });

  test("make another version", async () => {
    const tiny = await makeTinyBackbone();
    const encoders = await Promise.all([
      loadFeatureEncoder({ backbone: tiny }),
      loadFeatureEncoder({ backbone: tiny, picture: { height: 2, width: 4 } }),
      loadFeatureEncoder({ backbone: tiny, picture: { height: 4, width: 8 } }),
    ]);
    const [own, same, other] = encoders.map(({ version }) => version);
    expect(same).toBe(own);
    expect(other).not.toBe(own);
    encoders.forEach((encoder) => encoder.dispose());
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

  test("changes with one weight, with the taps, with the input's range, and with what counts as unsafe", async () => {
    const tiny = await makeTinyBackbone();
    const changed = [
      await makeTinyBackbone({ kernel: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2.0001, 0] }),
      { ...tiny, taps: ["pooled"] } satisfies Backbone,
      { ...tiny, input: { ...tiny.input, range: [-1, 1] } } satisfies Backbone,
      { ...tiny, unsafe: { node: "classes", classes: [0] } } satisfies Backbone,
      { ...tiny, unsafe: "none" } satisfies Backbone,
    ];
    const versions = await Promise.all([tiny, ...changed].map(versionOf));
    expect(new Set(versions).size).toBe(1 + changed.length);
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

  test("an input of another size than the network's is told with both", async () => {
    for (const tiny of [await makeTinyBackbone(), await makeTinyLayersBackbone()]) {
      const backbone = { ...tiny, input: { ...tiny.input, height: 3 } };
      await expect(loadFeatureEncoder({ backbone })).rejects.toThrow("takes inputs of 2 x 4 x 3, not 3 x 4 x 3");
    }
  });

  test("a tap that is no list of channels is named", async () => {
    const backbone = { ...(await makeTinyBackbone()), taps: ["axes"] } satisfies Backbone;
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow('the tap "axes" has 1 dimensions, not 4 or 2');
  });

  test.each([NaN, Infinity])("a weight of %s is named", async (number) => {
    const backbone = await makeTinyBackbone({ kernel: [1, 0, 0, 0, 0, number, 0, 0, 0, 0, 2, 0] });
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow('its weight "kernel" has a number that is NaN');
  });

  test("weights that are too large to calculate with are told", async () => {
    const backbone = await makeTinyBackbone({ kernel: Array<number>(12).fill(3e38) });
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow("feature is NaN or infinite");
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

  test.each([[[{}]], [[null]], [[{ paths: [1], weights: [] }]], [[{ paths: [], weights: [{ name: "kernel" }] }]]])(
    "a weightsManifest of %j is told",
    async (weightsManifest) => {
      const backbone = await makeTinyBackbone();
      const file = join(folderOf(backbone), "model.json");
      const json = JSON.parse(await readFile(file, "utf8")) as object;
      await writeFile(file, JSON.stringify({ ...json, weightsManifest }));
      const loading = loadFeatureEncoder({ backbone });
      await expect(loading).rejects.toThrow(BackboneFilesError);
      await expect(loading).rejects.toThrow("group 0 of its weightsManifest");
    },
  );

  test("a failed load leaves no tensor behind", async () => {
    const before = memory().numTensors;
    const backbone = { ...(await makeTinyBackbone()), taps: ["layer_9"] } satisfies Backbone;
    await expect(loadFeatureEncoder({ backbone })).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });
});
