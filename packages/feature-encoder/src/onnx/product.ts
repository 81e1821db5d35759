import { activate, fusedInto } from "./activation.js";
import { place } from "./elementwise.js";
import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";

/** Rows times a constant matrix: a fully connected layer. */
export function translateProduct(to: Translation, node: GraphNode): Translated {
  const { value, axes } = to.input(node, 0);
  const matrix = to.weight(node, 1);
  if (axes !== "rows" || matrix?.shape.length !== 2 || node.flag("transpose_a")) {
    return to.refuse(node, "it is no product of rows and a constant matrix.");
  }
  const { hasBias, activation } = fusedInto(to, node);
  const bias = hasBias ? to.weight(node, 2) : undefined;
  if (hasBias && !bias) return to.refuse(node, "its bias is no constant.");
  const { graph } = to;
  const product = graph.apply(
    "Gemm",
    [
      value,
      graph.floats(matrix.numbers, matrix.shape),
      ...(bias ? [graph.floats(bias.numbers, [bias.numbers.length])] : []),
    ],
    { transB: { int: node.flag("transpose_b") ? 1 : 0 } },
  );
  return { value: activation === undefined ? product : activate(to, node, activation, { value: product, axes }), axes };
}

export function translateBiasAdd(to: Translation, node: GraphNode): Translated {
  const { value, axes } = to.input(node, 0);
  const bias = to.weight(node, 1);
  if (!bias) return to.refuse(node, "its bias is no constant.");
  return { value: to.graph.apply("Add", [value, place(to, bias, axes)]), axes };
}
