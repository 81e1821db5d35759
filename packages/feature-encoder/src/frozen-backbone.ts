import { loadGraphModel, type GraphModel } from "@tensorflow/tfjs-converter";
import {
  concat,
  div,
  io,
  maximum,
  mean,
  norm,
  slice,
  sum,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import type { Backbone } from "./backbone.js";
import { BackboneDescriptionError, BackboneFilesError } from "./errors.js";

/** Below any length that a real picture's activations have; keeps an all-zero activation from dividing by zero. */
const SMALLEST_LENGTH = 1e-12;

/** The backbone's graph, executed only as far as its taps and its class output need. */
export class FrozenBackbone {
  private constructor(
    private readonly backbone: Backbone,
    private readonly graph: GraphModel,
    private readonly inputName: string,
    /** Numbers in a feature. */
    readonly width: number,
  ) {}

  static async load(backbone: Backbone, artifacts: io.ModelArtifacts): Promise<FrozenBackbone> {
    const graph = await loadGraph(backbone, artifacts);
    try {
      const inputName = onlyInput(backbone, graph);
      checkNodes(backbone, artifacts);
      return new FrozenBackbone(backbone, graph, inputName, measureWidth(backbone, graph, inputName));
    } catch (error) {
      graph.dispose();
      throw error;
    }
  }

  get imageBytes(): number {
    return this.backbone.input.height * this.backbone.input.width * 3;
  }

  /** @param images each `[height, width, 3]` RGB bytes, of checked length */
  async run(images: readonly Uint8Array[]): Promise<{ feature: Float32Array; unsafeScore: number }[]> {
    const [features, unsafe] = tidy(() => {
      const [taps, classes] = execute(this.backbone, this.graph, this.inputName, toTensor(this.backbone, images));
      return [joinTaps(this.backbone, taps), sumUnsafe(this.backbone, classes)];
    });
    const [numbers, scores] = await Promise.all([features.data<"float32">(), unsafe?.data<"float32">()]);
    features.dispose();
    unsafe?.dispose();
    return images.map((_, i) => ({
      feature: numbers.slice(i * this.width, (i + 1) * this.width),
      unsafeScore: Math.min(1, scores?.[i] ?? 0),
    }));
  }

  dispose(): void {
    this.graph.dispose();
  }
}

async function loadGraph(backbone: Backbone, artifacts: io.ModelArtifacts): Promise<GraphModel> {
  try {
    return await loadGraphModel(io.fromMemory(artifacts));
  } catch (cause) {
    throw new BackboneFilesError(backbone.name, "its graph does not load.", { cause });
  }
}

function onlyInput(backbone: Backbone, graph: GraphModel): string {
  const [input, ...others] = graph.inputs;
  if (!input || others.length > 0) {
    throw new BackboneDescriptionError(backbone.name, `it has ${graph.inputs.length} inputs: an encoder has one.`);
  }
  return input.name;
}

function checkNodes(backbone: Backbone, artifacts: io.ModelArtifacts): void {
  const topology = artifacts.modelTopology as { readonly node?: readonly { readonly name: string }[] };
  const names = new Set(topology.node?.map((node) => node.name));
  for (const node of outputNodes(backbone)) {
    if (!names.has(node)) throw new BackboneDescriptionError(backbone.name, `it has no node "${node}".`);
  }
}

function outputNodes(backbone: Backbone): string[] {
  return backbone.unsafe === "none" ? [...backbone.taps] : [...backbone.taps, backbone.unsafe.node];
}

/** One blank picture through the graph: the only sure way to learn the width, and it pays for the first call. */
function measureWidth(backbone: Backbone, graph: GraphModel, inputName: string): number {
  const { height, width } = backbone.input;
  return tidy(() => {
    const blank = toTensor(backbone, [new Uint8Array(height * width * 3)]);
    const [taps, classes] = execute(backbone, graph, inputName, blank);
    checkClasses(backbone, classes);
    return joinTaps(backbone, taps).shape[1];
  });
}

/** @returns [batch, height, width, 3] in the backbone's range */
function toTensor(backbone: Backbone, images: readonly Uint8Array[]): Tensor4D {
  const { height, width, range } = backbone.input;
  const [low, high] = range;
  const scale = (high - low) / 255;
  const size = height * width * 3;
  const numbers = new Float32Array(images.length * size);
  for (const [n, image] of images.entries()) {
    for (let i = 0; i < size; i++) numbers[n * size + i] = low + (image[i] ?? 0) * scale;
  }
  return tensor4d(numbers, [images.length, height, width, 3]);
}

function execute(
  backbone: Backbone,
  graph: GraphModel,
  inputName: string,
  images: Tensor4D,
): [Tensor[], Tensor | undefined] {
  let outputs: Tensor | Tensor[];
  try {
    outputs = graph.execute({ [inputName]: images }, outputNodes(backbone));
  } catch (cause) {
    throw new BackboneDescriptionError(
      backbone.name,
      `it does not take ${images.shape.slice(1).join(" x ")} pictures.`,
      { cause },
    );
  }
  const all = Array.isArray(outputs) ? outputs : [outputs];
  return [all.slice(0, backbone.taps.length), all[backbone.taps.length]];
}

/** @returns [batch, width]: each tap pooled and of length 1, side by side */
function joinTaps(backbone: Backbone, taps: readonly Tensor[]): Tensor2D {
  const parts = taps.map((tap, i) => {
    if (tap.rank !== 4 && tap.rank !== 2) {
      throw new BackboneDescriptionError(
        backbone.name,
        `the tap "${backbone.taps[i] ?? i}" has ${tap.rank} dimensions, not 4 or 2.`,
      );
    }
    const pooled = (tap.rank === 4 ? mean(tap, [1, 2]) : tap) as Tensor2D; // [batch, channel]
    const lengths = maximum(norm(pooled, "euclidean", 1, true), SMALLEST_LENGTH); // [batch, 1]
    return div<Tensor2D>(pooled, lengths); // [batch, channel]
  });
  return concat(parts, 1); // [batch, width]
}

/** @returns [batch] */
function sumUnsafe(backbone: Backbone, classes: Tensor | undefined): Tensor | undefined {
  if (backbone.unsafe === "none" || !classes) return undefined;
  const columns = backbone.unsafe.classes.map((number) => slice(classes, [0, number], [-1, 1])); // each [batch, 1]
  return sum(concat(columns, 1), 1); // [batch]
}

function checkClasses(backbone: Backbone, classes: Tensor | undefined): void {
  if (backbone.unsafe === "none" || !classes) return;
  const count = classes.rank === 2 ? (classes.shape[1] ?? 0) : 0;
  if (backbone.unsafe.classes.length === 0) {
    throw new BackboneDescriptionError(backbone.name, `no unsafe class is named: say "none" instead.`);
  }
  for (const number of backbone.unsafe.classes) {
    if (!Number.isInteger(number) || number < 0 || number >= count) {
      throw new BackboneDescriptionError(
        backbone.name,
        `it has ${count} classes, so there is no unsafe class ${number}.`,
      );
    }
  }
}
