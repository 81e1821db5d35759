import type { OnnxGraph, Value } from "@facet/onnx-graph";
import type { Weight } from "./decode-weights.js";
import type { GraphNode } from "./graph-node.js";

/**
 * A translated output. `image`: `[batch, channel, height, width]`, as ONNX wants pictures, where TensorFlow has the
 * channels last. `rows`: `[batch, channel]`, as it was.
 */
export interface Translated {
  readonly value: Value;
  readonly axes: "image" | "rows";
}

/** What an operation's translation may ask for. */
export interface Translation {
  readonly graph: OnnxGraph;
  /** @throws UntranslatedNetworkError where the input is a constant or of an operation that is not known */
  readonly input: (node: GraphNode, position: number) => Translated;
  /** Undefined where the input is computed. */
  readonly weight: (node: GraphNode, position: number) => Weight | undefined;
  /** @throws UntranslatedNetworkError */
  readonly refuse: (node: GraphNode, problem: string) => never;
}
