import type { io } from "@tensorflow/tfjs-core";

/**
 * A frozen convolutional network, described well enough to be read as an encoder: any TensorFlow.js graph model with
 * one image input. Swap it and the encoder's `version` and `width` change with it.
 */
export interface Backbone {
  /** A short name for people; the first part of the encoder's version. */
  readonly name: string;
  readonly source: BackboneSource;
  readonly input: BackboneInput;
  /**
   * Names of the graph's nodes whose outputs make the feature, in this order. A `[batch, height, width, channel]`
   * output is averaged over height and width; a `[batch, channel]` output is taken as it is; each is then scaled to
   * length 1 and all are joined. Every node is computed in the same single pass.
   */
  readonly taps: readonly [string, ...string[]];
  /** How the graph tells that a picture is unsafe; `"none"` where it cannot, and every unsafe score is then 0. */
  readonly unsafe: UnsafeClasses | "none";
}

export type BackboneSource =
  /** A folder with a `model.json` and the weight files that it names. */
  | { readonly kind: "folder"; readonly folder: string }
  /** Anything else that yields the parts of a graph model, such as a package that carries them. */
  | { readonly kind: "artifacts"; readonly load: () => Promise<io.ModelArtifacts> };

/** What the graph's one input takes: `[batch, height, width, 3]`, RGB. */
export interface BackboneInput {
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** What a byte of 0 and a byte of 255 become. */
  readonly range: readonly [low: number, high: number];
}

export interface UnsafeClasses {
  /** Name of the node whose output is `[batch, class]` probabilities that sum to 1. */
  readonly node: string;
  /** Numbers of the classes whose probabilities are summed to the unsafe score. */
  readonly classes: readonly number[];
}
