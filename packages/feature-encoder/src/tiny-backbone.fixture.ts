import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backbone, PictureSize } from "./backbone.js";
import { makeTempFolder } from "./temp-folder.fixture.js";

/** 1 x 1 convolution, red and green kept apart and blue doubled: `[3, 4]`, the fourth channel always 0. */
const KERNEL = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0];
/** Class 0 for red, class 1 for green, class 2 for blue: `[4, 3]`. */
const DENSE = [8, 0, 0, 0, 8, 0, 0, 0, 4, 0, 0, 0];
const AXES = [1, 2];

const text = (value: string) => ({ s: Buffer.from(value).toString("base64") });
const float = { type: "DT_FLOAT" };
const constant = (name: string, dtype = "DT_FLOAT") => ({ name, op: "Const", attr: { dtype: { type: dtype } } });

const SIZE: PictureSize = { height: 2, width: 4 };

const inputOf = ({ height, width }: PictureSize) => ({
  name: "picture",
  op: "Placeholder",
  attr: { dtype: float, shape: { shape: { dim: [-1, height, width, 3].map((size) => ({ size: String(size) })) } } },
});

const NODES = [
  constant("kernel"),
  constant("axes", "DT_INT32"),
  constant("dense"),
  {
    name: "colours",
    op: "Conv2D",
    input: ["picture", "kernel"],
    attr: {
      T: float,
      strides: { list: { i: ["1", "1", "1", "1"] } },
      dilations: { list: { i: ["1", "1", "1", "1"] } },
      padding: text("VALID"),
      data_format: text("NHWC"),
    },
  },
  { name: "shares", op: "Softmax", input: ["colours"], attr: { T: float } },
  { name: "pooled", op: "Mean", input: ["colours", "axes"], attr: { T: float, keep_dims: { b: false } } },
  { name: "logits", op: "MatMul", input: ["pooled", "dense"], attr: { T: float } },
  { name: "classes", op: "Softmax", input: ["logits"], attr: { T: float } },
];

export interface TinyBackboneOptions {
  readonly kernel?: readonly number[];
  /** Pixels; 2 x 4 unless told. */
  readonly size?: PictureSize;
  /** Bytes to leave out at the end of the weight file. */
  readonly cutShort?: number;
}

/** Writes a graph model small enough to be calculated by hand, 2 x 4 px, into a folder of its own. */
export async function makeTinyBackbone(options: TinyBackboneOptions = {}): Promise<Backbone> {
  const { size = SIZE } = options;
  const weights = Buffer.concat([
    Buffer.from(Float32Array.from(options.kernel ?? KERNEL).buffer),
    Buffer.from(Int32Array.from(AXES).buffer),
    Buffer.from(Float32Array.from(DENSE).buffer),
  ]);
  const modelJson = {
    format: "graph-model",
    modelTopology: { node: [inputOf(size), ...NODES], library: {}, versions: { producer: 440 } },
    weightsManifest: [
      {
        paths: ["weights.bin"],
        weights: [
          { name: "kernel", shape: [1, 1, 3, 4], dtype: "float32" },
          { name: "axes", shape: [2], dtype: "int32" },
          { name: "dense", shape: [4, 3], dtype: "float32" },
        ],
      },
    ],
  };
  const tiny = await writeTiny(modelJson, weights.subarray(0, weights.byteLength - (options.cutShort ?? 0)));
  return { ...tiny, input: { ...tiny.input, ...size } };
}

/** The same network as Keras stores it: as layers, without the word `format`, as old converters wrote it. */
export function makeTinyLayersBackbone(): Promise<Backbone> {
  const float = { dtype: "float32" };
  const layer = (class_name: string, name: string, config: object, before?: string) => ({
    ...{ class_name, name, config: { name, ...config } },
    inbound_nodes: before === undefined ? [] : [[[before, 0, 0, {}]]],
  });
  const colours = { filters: 4, kernel_size: [1, 1], use_bias: false, activation: "linear" };
  const config = {
    name: "tiny",
    layers: [
      layer("InputLayer", "picture", { batch_input_shape: [null, 2, 4, 3], ...float }),
      layer("Conv2D", "colours", colours, "picture"),
      layer("GlobalAveragePooling2D", "pooled", {}, "colours"),
      layer("Dense", "classes", { units: 3, use_bias: false, activation: "softmax" }, "pooled"),
    ],
    input_layers: [["picture", 0, 0]],
    output_layers: [["classes", 0, 0]],
  };
  const modelJson = {
    modelTopology: { keras_version: "2.2.4", backend: "tensorflow", model_config: { class_name: "Model", config } },
    weightsManifest: [
      {
        paths: ["weights.bin"],
        weights: [
          { name: "colours/kernel", shape: [1, 1, 3, 4], ...float },
          { name: "classes/kernel", shape: [4, 3], ...float },
        ],
      },
    ],
  };
  return writeTiny(modelJson, Buffer.from(Float32Array.from([...KERNEL, ...DENSE]).buffer));
}

async function writeTiny(modelJson: object, weights: Uint8Array): Promise<Backbone> {
  const folder = await makeTempFolder();
  await writeFile(join(folder, "model.json"), JSON.stringify(modelJson));
  await writeFile(join(folder, "weights.bin"), weights);
  return {
    name: "tiny",
    source: { kind: "folder", folder },
    input: { ...SIZE, range: [0, 1] },
    taps: ["colours", "pooled"],
    unsafe: { node: "classes", classes: [0, 1] },
  };
}

/** A 2 x 4 picture of one colour. */
export function plainPicture(red: number, green: number, blue: number): Uint8Array {
  return Uint8Array.from(Array.from({ length: 8 }, () => [red, green, blue]).flat());
}
