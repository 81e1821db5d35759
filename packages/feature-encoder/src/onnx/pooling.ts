import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";
import { windowOf } from "./window.js";

export function translatePooling(operator: "AveragePool" | "MaxPool") {
  return (to: Translation, node: GraphNode): Translated => {
    const { value, axes } = to.input(node, 0);
    if (axes !== "image") return to.refuse(node, "its input is no image.");
    const size = node.integers("ksize").slice(1, 3);
    return { value: to.graph.apply(operator, [value], windowOf(to, node, size)), axes };
  };
}

/** The mean over height and width. */
export function translateMean(to: Translation, node: GraphNode): Translated {
  const { value, axes } = to.input(node, 0);
  const over = [...(to.weight(node, 1)?.numbers ?? [])].map((axis) => (axis < 0 ? axis + 4 : axis));
  if (axes !== "image" || over.length !== 2 || !over.includes(1) || !over.includes(2)) {
    return to.refuse(node, "it is no mean over height and width.");
  }
  const pooled: Translated = { value: to.graph.apply("GlobalAveragePool", [value]), axes };
  return node.flag("keep_dims") ? pooled : dropSides(to, pooled);
}

/** A picture of one pixel becomes a row. */
export function translateSqueeze(to: Translation, node: GraphNode): Translated {
  const input = to.input(node, 0);
  const dropped = node.integers("squeeze_dims");
  const isSides = dropped.length === 2 && dropped.includes(1) && dropped.includes(2);
  return input.axes === "image" && isSides
    ? dropSides(to, input)
    : to.refuse(node, "it drops other axes than height and width.");
}

/** `[batch, channel, 1, 1]` to `[batch, channel]`. */
export function dropSides({ graph }: Pick<Translation, "graph">, { value }: Translated): Translated {
  return { value: graph.apply("Squeeze", [value, graph.ints([2, 3])]), axes: "rows" };
}
