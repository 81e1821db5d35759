import { OnnxGraph, type Value } from "@facet/onnx-graph";
import type { Backbone, PictureSize } from "../backbone.js";
import { channelScales } from "../channel-ranges.js";
import { BackboneDescriptionError, UntranslatedNetworkError } from "../errors.js";
import type { ModelArtifacts } from "../model-artifacts.js";
import { checkInputs, wantedOutputs } from "../tapped-network.js";
import { decodeWeights, type Weight } from "./decode-weights.js";
import { readNodes, type GraphNode } from "./graph-node.js";
import { NetworkTranslator } from "./network-translator.js";
import type { Translated } from "./translation.js";
import { dropSides } from "./pooling.js";

/** Keeps an all-zero activation from dividing by zero; below any length that a real picture's activations have. */
const SMALLEST_LENGTH = 1e-12;
/** Of an axis: as far back as there is anything. */
const BEFORE_THE_FIRST = -(2 ** 31);

/**
 * The whole encoder as one graph, from bytes of pictures to features.
 *
 * Input `pictures`: `[batch, height, width, 3]`, bytes. Outputs: `features`, `[batch, width]`, and `classes`,
 * `[batch, class]`, where the backbone has an unsafe output.
 *
 * @throws BackboneDescriptionError where a node is not there or is no list of channels, UntranslatedNetworkError
 */
export function encoderGraph(backbone: Backbone, picture: PictureSize, artifacts: ModelArtifacts): OnnxGraph {
  const nodes = readNodes(artifacts);
  const weights = decodeWeights(artifacts);
  checkNodes(backbone, nodes, weights);

  const graph = new OnnxGraph(backbone.name);
  const pictures = takePictures(graph, backbone, picture); // [batch, 3, height, width]
  const isMirrored = backbone.views === "mirrored";
  // Both views in one pass: the first half of the batch is the pictures as they are, the second their mirror images.
  const views = isMirrored
    ? graph.apply("Concat", [pictures, mirror(graph, pictures)], { axis: { int: 0 } })
    : pictures;
  const refuse = (node: GraphNode | undefined, problem: string): never => {
    throw new UntranslatedNetworkError(
      backbone.name,
      node ? `"${node.name}" (${node.operation}): ${problem}` : problem,
    );
  };
  const network = new NetworkTranslator(graph, nodes, weights, { value: views, axes: "image" }, refuse);

  const vectors = backbone.taps.map((tap) => toUnitLength(graph, poolTap(graph, backbone, network.translate(tap))));
  const taps = isMirrored ? vectors.map((vector) => joinViews(graph, vector)) : vectors;
  graph.output("features", graph.apply("Concat", taps, { axis: { int: 1 } }));
  if (backbone.unsafe !== "none") {
    // Of the pictures as they are: thresholds are set on that, and the mirror images need no classes.
    const asTheyAre = isMirrored ? network.continueWith((known) => firstHalf(graph, known)) : network;
    graph.output("classes", asTheyAre.translate(backbone.unsafe.node).value);
  }
  return graph;
}

function checkNodes(
  backbone: Backbone,
  nodes: ReadonlyMap<string, GraphNode>,
  weights: ReadonlyMap<string, Weight>,
): void {
  const inputs = [...nodes.values()].filter(({ operation }) => operation === "Placeholder");
  checkInputs(
    backbone,
    inputs.map(({ shape }) => shape),
  );
  for (const name of wantedOutputs(backbone)) {
    if (!nodes.has(name)) throw new BackboneDescriptionError(backbone.name, `it has no node "${name}".`);
  }
  for (const tap of backbone.taps) {
    const constant = weights.get(tap);
    if (!constant) continue;
    throw new BackboneDescriptionError(
      backbone.name,
      `the tap "${tap}" has ${constant.shape.length} dimensions, not 4 or 2.`,
    );
  }
}

/** Bytes to the backbone's size and range. `[batch, 3, height, width]` */
function takePictures(graph: OnnxGraph, backbone: Backbone, picture: PictureSize): Value {
  const bytes = graph.input("pictures", "uint8", ["batch", picture.height, picture.width, 3]);
  const scales = channelScales(backbone.input);
  const perChannel = (numbers: readonly number[]) => graph.floats(Float32Array.from(numbers), [3]);
  const numbers = graph.apply("Cast", [bytes], { to: { int: 1 } });
  const scaled = graph.apply("Mul", [numbers, perChannel(scales.map(({ scale }) => scale))]);
  const ranged = graph.apply("Add", [scaled, perChannel(scales.map(({ low }) => low))]);
  const channelsFirst = graph.apply("Transpose", [ranged], { perm: { ints: [0, 3, 1, 2] } });
  const { height, width } = backbone.input;
  if (picture.height === height && picture.width === width) return channelsFirst;

  const kept = graph.apply("Shape", [channelsFirst], { start: { int: 0 }, end: { int: 2 } });
  const size = graph.apply("Concat", [kept, graph.ints([height, width])], { axis: { int: 0 } });
  return graph.apply("Resize", [channelsFirst, undefined, undefined, size], {
    mode: { word: "linear" },
    coordinate_transformation_mode: { word: "half_pixel" },
  });
}

/** Right and left exchanged. */
function mirror(graph: OnnxGraph, pictures: Value): Value {
  const [from, to, axis, step] = [[-1], [BEFORE_THE_FIRST], [3], [-1]].map((numbers) => graph.ints(numbers));
  return graph.apply("Slice", [pictures, from, to, axis, step]);
}

/** `[batch, channel]` */
function poolTap(graph: OnnxGraph, { pooling }: Backbone, tap: Translated): Value {
  if (tap.axes === "rows") return tap.value;
  const whole = average(graph, tap.value);
  if (pooling !== "centred") return whole;
  const [from, to, axes] = [
    [1, 1],
    [-1, -1],
    [2, 3],
  ].map((numbers) => graph.ints(numbers));
  const inner = average(graph, graph.apply("Slice", [tap.value, from, to, axes]));
  return graph.apply("Add", [whole, inner]); // length 1 follows: half of it is the same
}

/** `[batch, channel, height, width]` to `[batch, channel]`. */
function average(graph: OnnxGraph, value: Value): Value {
  return dropSides({ graph }, { value: graph.apply("GlobalAveragePool", [value]), axes: "image" }).value;
}

function toUnitLength(graph: OnnxGraph, vectors: Value): Value {
  const length = graph.apply("ReduceL2", [vectors], { axes: { ints: [1] }, keepdims: { int: 1 } });
  return graph.apply("Div", [vectors, graph.apply("Max", [length, graph.float(SMALLEST_LENGTH)])]);
}

/** The mean of both views' unit vectors, to length 1 again. `[2 x batch, channel]` gives `[batch, channel]`. */
function joinViews(graph: OnnxGraph, vectors: Value): Value {
  const [asTheyAre, mirrored] = graph.applyMany("Split", [vectors], 2, { axis: { int: 0 } });
  return toUnitLength(graph, graph.apply("Add", [asTheyAre, mirrored]));
}

function firstHalf(graph: OnnxGraph, { value, axes }: Translated): Translated {
  const [first = value] = graph.applyMany("Split", [value], 2, { axis: { int: 0 } });
  return { value: first, axes };
}
