import { beforeAll, describe, expect, test } from "vitest";
import type { Backbone } from "../backbone.js";
import { BackboneDescriptionError, EncoderDisposedError } from "../errors.js";
import { loadFeatureEncoder } from "../feature-encoder.js";
import { tensorflowEngine } from "../tensorflow/tensorflow-engine.js";
import { makeTinyBackbone, makeTinyLayersBackbone, plainPicture } from "../tiny-backbone.fixture.js";
import { useWasm } from "../wasm-backend.fixture.js";
import { onnxEngine } from "./onnx-engine.js";
import { findOnnxRuntime } from "./onnx-runtime.fixture.js";

const runtime = await findOnnxRuntime();

beforeAll(useWasm);

describe.skipIf(!runtime)("with ONNX Runtime", () => {
  const onnx = onnxEngine(() => (runtime ? Promise.resolve(runtime) : Promise.reject(new Error("There is none."))));

  async function compareWithWasm(backbone: Backbone, picture: { height: number; width: number }): Promise<void> {
    const options = { backbone, picture, batchSize: 3 };
    const byOnnx = await loadFeatureEncoder({ ...options, engines: [onnx] });
    const byWasm = await loadFeatureEncoder(options);
    const pictures = [0, 1, 2, 3, 4].map((n) =>
      Uint8Array.from({ length: picture.height * picture.width * 3 }, (_, i) => (i * 37 + n * 91 + i * i) % 256),
    );
    const [actual, expected] = [
      await byOnnx.firstConvolutionUnit(pictures),
      await byWasm.firstConvolutionUnit(pictures),
    ];
    expect(byOnnx.version).toBe(byWasm.version);
    expect(byOnnx.width).toBe(byWasm.width);
    for (const [i, { feature, unsafeScore }] of expected.entries()) {
      feature.forEach((number, at) => expect(actual[i]?.feature[at]).toBeCloseTo(number, 5));
      expect(actual[i]?.unsafeScore).toBeCloseTo(unsafeScore, 5);
    }
    byOnnx.dispose();
    byWasm.dispose();
  }

  test("a graph model gives what it gives in TensorFlow.js: ranges, mirrored views, other picture sizes", async () => {
    const tiny = await makeTinyBackbone();
    const input = { ...tiny.input, range: [[-1, 1] as const, [0, 2] as const, [-0.5, 0.25] as const] as const };
    await compareWithWasm({ ...tiny, input }, tiny.input);
    await compareWithWasm({ ...tiny, views: "mirrored" }, tiny.input);
    await compareWithWasm({ ...tiny, views: "mirrored" }, { height: 5, width: 7 });
    await compareWithWasm({ ...tiny, unsafe: "none" }, { height: 4, width: 8 });
  });

  test("and a tap that is a softmax over the channels of every place", async () => {
    const tiny = await makeTinyBackbone();
    await compareWithWasm({ ...tiny, taps: ["shares"] }, tiny.input);
  });

  test("and centred pooling", async () => {
    const tiny = await makeTinyBackbone({ size: { height: 5, width: 4 } });
    await compareWithWasm({ ...tiny, pooling: "centred" }, tiny.input);
    await compareWithWasm({ ...tiny, pooling: "centred", views: "mirrored" }, tiny.input);
  });

  test("a black picture has a feature of zeros", async () => {
    const encoder = await loadFeatureEncoder({ backbone: await makeTinyBackbone(), engines: [onnx] });
    const [encoded] = await encoder.firstConvolutionUnit([plainPicture(0, 0, 0)]);
    expect([...(encoded?.feature ?? [])]).toEqual(Array<number>(8).fill(0));
    encoder.dispose();
  });

  test.each([
    ["ONNX Runtime", onnx],
    ["TensorFlow.js", tensorflowEngine("wasm")],
  ])(
    "on %s a pass that has begun is finished when the encoder is disposed of, and no other begins",
    async (_, engine) => {
      const load = async () =>
        loadFeatureEncoder({ backbone: await makeTinyBackbone(), engines: [engine], batchSize: 2 });
      const pictures = [plainPicture(255, 0, 0), plainPicture(0, 255, 0), plainPicture(0, 0, 255)];
      const [one, other] = [await load(), await load()];
      const encoding = one.firstConvolutionUnit(pictures.slice(0, 2));
      const cutOff = other.firstConvolutionUnit(pictures);
      one.dispose();
      other.dispose();
      expect((await encoding).map(({ feature }) => feature.slice(0, 3))).toEqual([
        Float32Array.of(1, 0, 0),
        Float32Array.of(0, 1, 0),
      ]);
      await expect(cutOff).rejects.toThrow(EncoderDisposedError);
      await expect(one.firstConvolutionUnit([])).rejects.toThrow(EncoderDisposedError);
    },
  );

  test("what no engine could run is said as TensorFlow.js says it, and the next engine is not tried", async () => {
    const tiny = await makeTinyBackbone();
    const loading = (change: Partial<Backbone>) =>
      loadFeatureEncoder({ backbone: { ...tiny, ...change }, engines: [onnx, tensorflowEngine("wasm")] });
    await expect(loading({ taps: ["layer_9"] })).rejects.toThrow('no node "layer_9"');
    await expect(loading({ taps: ["axes"] })).rejects.toThrow('the tap "axes" has 1 dimensions, not 4 or 2');
    await expect(loading({ unsafe: { node: "classes", classes: [3] } })).rejects.toThrow("no unsafe class 3");
    await expect(loading({ input: { ...tiny.input, height: 3 } })).rejects.toThrow(BackboneDescriptionError);
    await expect(loading({ pooling: "centred" })).rejects.toThrow('the tap "colours" is of 2 x 4 places');
  });

  test("a layers model is left to the next engine, with the reason", async () => {
    const backbone = await makeTinyLayersBackbone();
    const encoder = await loadFeatureEncoder({ backbone, engines: [onnx, tensorflowEngine("wasm")] });
    expect(encoder.engine.name).toBe("wasm");
    expect(encoder.engine.skipped[0]?.reason).toContain("it is a layers model, not a graph model");
    encoder.dispose();
  });
});

test("without any engine that works, the error says of each why", async () => {
  const missing = onnxEngine(() => Promise.reject(new Error("Cannot find package 'onnxruntime-node' imported from x")));
  const loading = loadFeatureEncoder({ backbone: await makeTinyBackbone(), engines: [missing] });
  await expect(loading).rejects.toThrow("onnx (Cannot find package 'onnxruntime-node')");
});
