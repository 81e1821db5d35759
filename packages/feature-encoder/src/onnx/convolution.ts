import { activate, fusedInto } from "./activation.js";
import type { Weight } from "./decode-weights.js";
import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";
import { reorderAxes } from "./reorder-axes.js";
import { windowOf } from "./window.js";

/** `[height, width, in, out]` to ONNX' `[out, in, height, width]`. */
export function translateConvolution(to: Translation, node: GraphNode): Translated {
  return convolve(to, node, reorderAxes(kernelOf(to, node), [3, 2, 0, 1]), 1);
}

/** `[height, width, in, out of each]` to a group for each channel: `[in x out of each, 1, height, width]`. */
export function translateDepthwise(to: Translation, node: GraphNode): Translated {
  const { numbers, shape } = reorderAxes(kernelOf(to, node), [2, 3, 0, 1]);
  const [channels = 1, each = 1, height = 1, width = 1] = shape;
  return convolve(to, node, { numbers, shape: [channels * each, 1, height, width] }, channels);
}

function kernelOf(to: Translation, node: GraphNode): Weight {
  const kernel = to.weight(node, 1);
  return kernel?.shape.length === 4 ? kernel : to.refuse(node, "its kernel is no constant of four axes.");
}

function convolve(to: Translation, node: GraphNode, kernel: Weight, groups: number): Translated {
  const { value, axes } = to.input(node, 0);
  if (axes !== "image") return to.refuse(node, "its input is no image.");
  const { hasBias, activation } = fusedInto(to, node);
  const bias = hasBias ? to.weight(node, 2) : undefined;
  if (hasBias && !bias) return to.refuse(node, "its bias is no constant.");
  const [, , ...size] = kernel.shape;
  const [, ...dilations] = node.integers("dilations");
  const convolved = to.graph.apply(
    "Conv",
    [
      value,
      to.graph.floats(kernel.numbers, kernel.shape),
      ...(bias ? [to.graph.floats(bias.numbers, [bias.numbers.length])] : []),
    ],
    {
      ...windowOf(to, node, size),
      dilations: { ints: dilations.length === 3 ? dilations.slice(0, 2) : [1, 1] },
      group: { int: groups },
    },
  );
  return {
    value: activation === undefined ? convolved : activate(to, node, activation, { value: convolved, axes }),
    axes,
  };
}
