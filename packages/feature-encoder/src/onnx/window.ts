import type { Attribute } from "@facet/onnx-graph";
import type { GraphNode } from "./graph-node.js";
import type { Translation } from "./translation.js";

const PADDING: Readonly<Record<string, string>> = { SAME: "SAME_UPPER", VALID: "VALID" };

/** How a window moves over a picture: the attributes that convolutions and poolings share. */
export function windowOf(to: Translation, node: GraphNode, size: readonly number[]): Record<string, Attribute> {
  const format = node.word("data_format");
  if (format !== "" && format !== "NHWC") to.refuse(node, `its data are in ${format} order.`);
  const padding = PADDING[node.word("padding")];
  if (padding === undefined) return to.refuse(node, `its padding is ${node.word("padding")}.`);
  const [, high = 1, wide = 1] = node.integers("strides");
  return { kernel_shape: { ints: size }, strides: { ints: [high, wide] }, auto_pad: { word: padding } };
}
