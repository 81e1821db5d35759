import {
  add,
  concat,
  div,
  image,
  maximum,
  mean,
  norm,
  reverse,
  slice,
  sum,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import type { Backbone, PictureSize } from "../backbone.js";
import { channelScales } from "../channel-ranges.js";
import type { EncoderNetwork } from "../engine.js";
import { BackboneDescriptionError } from "../errors.js";
import type { ModelArtifacts } from "../model-artifacts.js";
import { formatOf } from "../parse-model.js";
import { bytesOf, checkClasses, checkProbe, probePicture } from "../probe-picture.js";
import { loadTappedGraph } from "./tapped-graph.js";
import { loadTappedLayers } from "./tapped-layers.js";
import type { TappedNetwork } from "../tapped-network.js";

/** Below any length that a real picture's activations have; keeps an all-zero activation from dividing by zero. */
const SMALLEST_LENGTH = 1e-12;

/** The backbone's network in TensorFlow.js, from bytes of pictures to features. */
export class FrozenBackbone implements EncoderNetwork {
  private constructor(
    private readonly backbone: Backbone,
    private readonly picture: PictureSize,
    private readonly network: TappedNetwork,
    /** Numbers in a feature. */
    readonly width: number,
  ) {}

  /** @param picture size of the pictures that `run` is given */
  static async load(backbone: Backbone, picture: PictureSize, artifacts: ModelArtifacts): Promise<FrozenBackbone> {
    const isGraph = formatOf(artifacts.modelTopology ?? {}) === "graph-model";
    const network = await (isGraph ? loadTappedGraph : loadTappedLayers)(backbone, artifacts);
    try {
      return new FrozenBackbone(backbone, picture, network, await measureWidth(backbone, picture, network));
    } catch (error) {
      network.dispose();
      throw error;
    }
  }

  /** @param images each `[height, width, 3]` RGB bytes, of checked length */
  async run(images: readonly Uint8Array[]): Promise<{ feature: Float32Array; unsafeScore: number }[]> {
    const [features, unsafe] = tidy(() => {
      return encode(this.backbone, this.network, toTensor(this.backbone, this.picture, images));
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
    this.network.dispose();
  }
}

async function measureWidth(backbone: Backbone, picture: PictureSize, network: TappedNetwork): Promise<number> {
  const feature = tidy(() => {
    const [taps, classes] = execute(backbone, network, toTensor(backbone, picture, [probePicture(picture)]));
    checkClasses(backbone, classes?.shape);
    return concat(poolTaps(backbone, taps), 1); // [1, width]
  });
  try {
    checkProbe(backbone, await feature.data<"float32">());
    return feature.shape[1];
  } finally {
    feature.dispose();
  }
}

/** @returns [batch, height, width, 3] in the backbone's size and range */
function toTensor(backbone: Backbone, picture: PictureSize, images: readonly Uint8Array[]): Tensor4D {
  const { height, width } = backbone.input;
  const channels = channelScales(backbone.input);
  const size = bytesOf(picture);
  const numbers = new Float32Array(images.length * size);
  for (const [n, bytes] of images.entries()) {
    for (const [channel, { low, scale }] of channels.entries()) {
      for (let i = channel; i < size; i += 3) numbers[n * size + i] = low + (bytes[i] ?? 0) * scale;
    }
  }
  const whole = tensor4d(numbers, [images.length, picture.height, picture.width, 3]);
  if (picture.height === height && picture.width === width) return whole;
  return image.resizeBilinear(whole, [height, width], false, true);
}

function execute(backbone: Backbone, network: TappedNetwork, images: Tensor4D): [Tensor[], Tensor | undefined] {
  let outputs: Tensor[];
  try {
    outputs = network.execute(images);
  } catch (cause) {
    throw new BackboneDescriptionError(
      backbone.name,
      `it does not take ${images.shape.slice(1).join(" x ")} pictures.`,
      { cause },
    );
  }
  return [outputs.slice(0, backbone.taps.length), outputs[backbone.taps.length]];
}

/** @returns [batch, width] and [batch] */
function encode(backbone: Backbone, network: TappedNetwork, images: Tensor4D): [Tensor2D, Tensor | undefined] {
  const [taps, classes] = execute(backbone, network, images);
  const vectors = poolTaps(backbone, taps);
  const unsafe = sumUnsafe(backbone, classes); // of the picture as it is: thresholds are set on that
  if (backbone.views !== "mirrored") return [concat(vectors, 1), unsafe];
  const [mirroredTaps] = execute(backbone, network, reverse(images, 2));
  const mirrored = poolTaps(backbone, mirroredTaps);
  const means = vectors.map((vector, i) => toUnitLength(add<Tensor2D>(vector, mirrored[i] ?? vector)));
  return [concat(means, 1), unsafe];
}

/** @returns a [batch, channel] for each tap: pooled and of length 1 */
function poolTaps(backbone: Backbone, taps: readonly Tensor[]): Tensor2D[] {
  return taps.map((tap, i) => {
    const refuse = (problem: string): never => {
      throw new BackboneDescriptionError(backbone.name, `the tap "${backbone.taps[i] ?? i}" ${problem}`);
    };
    if (tap.rank === 2) return toUnitLength(tap as Tensor2D);
    if (tap.rank !== 4) return refuse(`has ${tap.rank} dimensions, not 4 or 2.`);
    return toUnitLength(averagePlaces(backbone, tap as Tensor4D, refuse));
  });
}

/** @returns [batch, channel] */
function averagePlaces({ pooling }: Backbone, tap: Tensor4D, refuse: (problem: string) => never): Tensor2D {
  const whole: Tensor2D = mean(tap, [1, 2]);
  if (pooling !== "centred") return whole;
  const [, height, width] = tap.shape;
  if (height < 3 || width < 3) {
    return refuse(`is of ${height} x ${width} places: centred pooling takes 3 x 3 at least.`);
  }
  return add(whole, mean(slice(tap, [0, 1, 1, 0], [-1, height - 2, width - 2, -1]), [1, 2]));
}

function toUnitLength(vectors: Tensor2D): Tensor2D {
  return div(vectors, maximum(norm(vectors, "euclidean", 1, true), SMALLEST_LENGTH));
}

/** @returns [batch] */
function sumUnsafe(backbone: Backbone, classes: Tensor | undefined): Tensor | undefined {
  if (backbone.unsafe === "none" || !classes) return undefined;
  const columns = backbone.unsafe.classes.map((number) => slice(classes, [0, number], [-1, 1])); // each [batch, 1]
  return sum(concat(columns, 1), 1); // [batch]
}
