import type { Value } from "@facet/onnx-graph";
import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";

/**
 * @param activation the name that TensorFlow gives it
 * @param axes       of the value
 */
export function activate(to: Translation, node: GraphNode, activation: string, { value, axes }: Translated): Value {
  switch (activation) {
    case "Relu":
      return to.graph.apply("Relu", [value]);
    case "Relu6":
      return to.graph.apply("Clip", [value, to.graph.float(0), to.graph.float(6)]);
    case "Softmax":
      // Over the channels: TensorFlow has them last, ONNX second.
      return to.graph.apply("Softmax", [value], { axis: { int: axes === "image" ? 1 : -1 } });
    default:
      return to.refuse(node, `the activation ${activation} is not known.`);
  }
}

/** What a fused operation does after its own: a bias, which the operation itself takes, then perhaps an activation. */
export interface Fused {
  readonly hasBias: boolean;
  readonly activation: string | undefined;
}

export function fusedInto(to: Translation, node: GraphNode): Fused {
  const [first, ...others] = node.words("fused_ops");
  const rest = first === "BiasAdd" ? others : node.words("fused_ops");
  if (rest.length > 1) to.refuse(node, `${rest.length} operations after it are fused into it.`);
  return { hasBias: first === "BiasAdd", activation: rest[0] };
}
