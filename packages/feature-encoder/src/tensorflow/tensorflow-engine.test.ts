import { expect, test } from "vitest";
import { NoEngineError } from "../errors.js";
import { loadFeatureEncoder } from "../feature-encoder.js";
import { onnxEngine } from "../onnx/onnx-engine.js";
import { findOnnxRuntime } from "../onnx/onnx-runtime.fixture.js";
import { makeTinyBackbone, makeTinyLayersBackbone } from "../tiny-backbone.fixture.js";
import { tensorflowEngine } from "./tensorflow-engine.js";

// Nothing in this file registers a TensorFlow.js backend: that is what it is about.
const runtime = await findOnnxRuntime();
const skipped = [{ name: "tensorflow.js", reason: "No backend found in registry." }];

test.each([
  ["graph", makeTinyBackbone],
  ["layers model", makeTinyLayersBackbone],
])("without a backend the engine cannot be used, and the files of a %s are not blamed", async (_, make) => {
  const loading = loadFeatureEncoder({ backbone: await make(), engines: [tensorflowEngine()] });
  await expect(loading).rejects.toThrow(NoEngineError);
  await expect(loading).rejects.toMatchObject({ skipped });
});

test.skipIf(!runtime)("without a backend the next engine is taken", async () => {
  const onnx = onnxEngine(() => (runtime ? Promise.resolve(runtime) : Promise.reject(new Error("There is none."))));
  const encoder = await loadFeatureEncoder({ backbone: await makeTinyBackbone(), engines: [tensorflowEngine(), onnx] });
  expect(encoder.engine).toEqual({ name: "onnx", skipped });
  encoder.dispose();
});
