import type { ModelArtifacts } from "./model-artifacts.js";

/**
 * A frozen convolutional network, described well enough to be read as an encoder: any TensorFlow.js graph model or
 * layers model with one image input. Swap it and the encoder's `version` and `width` change with it.
 */
export interface Backbone {
  /** A short name for people; the first part of the encoder's version. */
  readonly name: string;
  readonly source: BackboneSource;
  readonly input: BackboneInput;
  /**
   * Names of the graph's nodes, or of the model's layers, whose outputs make the feature, in this order. A `[batch,
   * height, width, channel]` output is averaged over height and width (see `pooling`); a `[batch, channel]` output is
   * taken as it is; each is then scaled to length 1 and all are joined. Every one is computed in the same single pass.
   */
  readonly taps: readonly [string, ...string[]];
  /**
   * What the network is shown of a picture: the picture alone, or its mirror image as well. With both, a tap's output is
   * the mean of the two: what a picture shows does not depend on which way round it is. It costs a second pass.
   * Default: `"single"`.
   */
  readonly views?: Views;
  /**
   * How a tap is averaged over height and width. `"even"`: every place counts alike. `"centred"`: the mean of all places
   * and the mean of those that are not at the edge, half each: what a picture is of stands seldom at its edge. It costs
   * nothing, and takes taps of 3 by 3 places at least. Default: `"even"`.
   */
  readonly pooling?: Pooling;
  /** How the graph tells that a picture is unsafe; `"none"` where it cannot, and every unsafe score is then 0. */
  readonly unsafe: UnsafeClasses | "none";
  /** For people: whose network it is, and on what terms it may be used. */
  readonly license?: string;
}

export type Views = "single" | "mirrored";
export type Pooling = "even" | "centred";

export type BackboneSource =
  /** A folder with a `model.json`, or a file of that kind by another name, and the weight files that it names. */
  | { readonly kind: "folder"; readonly folder: string; readonly modelFile?: string }
  /** Anything else that yields the parts of a model, such as a package that carries them. */
  | { readonly kind: "artifacts"; readonly load: () => Promise<ModelArtifacts> };

/** What the network's one input takes: `[batch, height, width, 3]`, RGB. */
export interface BackboneInput {
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** What a byte of 0 and a byte of 255 become: in every channel alike, or in red, green and blue each. */
  readonly range: PixelRange | readonly [red: PixelRange, green: PixelRange, blue: PixelRange];
}

export type PixelRange = readonly [low: number, high: number];

/** Pixels. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

export interface UnsafeClasses {
  /** Name of the node or layer whose output is `[batch, class]` probabilities that sum to 1. */
  readonly node: string;
  /** Numbers of the classes whose probabilities are summed to the unsafe score. */
  readonly classes: readonly number[];
}
