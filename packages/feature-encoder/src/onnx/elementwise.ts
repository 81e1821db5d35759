import type { Value } from "@facet/onnx-graph";
import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";
import type { Weight } from "./decode-weights.js";
import { reorderAxes } from "./reorder-axes.js";

/** A sum, difference or product, number by number, of two outputs or of one and a constant. */
export function translateElementwise(operator: "Add" | "Sub" | "Mul") {
  return (to: Translation, node: GraphNode): Translated => {
    const constants = [to.weight(node, 0), to.weight(node, 1)];
    const computed = constants.map((constant, i) => (constant ? undefined : to.input(node, i)));
    const [axes, ...others] = new Set(computed.flatMap((input) => input?.axes ?? []));
    if (axes === undefined) return to.refuse(node, "both of its inputs are constants.");
    if (others.length > 0) return to.refuse(node, "its inputs differ in their number of axes.");
    const inputs = constants.map((constant, i) => (constant ? place(to, constant, axes) : computed[i]?.value));
    return { value: to.graph.apply(operator, inputs), axes };
  };
}

/** A constant, its channels where those of the other input are. */
export function place({ graph }: Translation, constant: Weight, axes: Translated["axes"]): Value {
  const { shape, numbers } = constant;
  if (axes === "rows" || shape.length === 0) return graph.floats(numbers, shape);
  // Axes that a constant lacks are those before the ones that it has.
  const whole = { numbers, shape: [...Array<number>(4 - shape.length).fill(1), ...shape] };
  const reordered = reorderAxes(whole, [0, 3, 1, 2]);
  return graph.floats(reordered.numbers, reordered.shape);
}
