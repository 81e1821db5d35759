import { translateElementwise } from "./elementwise.js";
import type { GraphNode } from "./graph-node.js";
import type { Translated, Translation } from "./translation.js";
import { translateConvolution, translateDepthwise } from "./convolution.js";
import { translateMean, translatePooling, translateSqueeze } from "./pooling.js";
import { translateBiasAdd, translateProduct } from "./product.js";
import { activate } from "./activation.js";

type TranslateNode = (to: Translation, node: GraphNode) => Translated;

/** As for a node that passes its input on. */
const passOn: TranslateNode = (to, node) => to.input(node, 0);

const activation: TranslateNode = (to, node) => {
  const input = to.input(node, 0);
  return { value: activate(to, node, node.operation, input), axes: input.axes };
};

/** The operations of networks that classify pictures, as TensorFlow.js' converter leaves them. */
const OPERATIONS: Readonly<Record<string, TranslateNode>> = {
  Identity: passOn,
  Add: translateElementwise("Add"),
  AddV2: translateElementwise("Add"),
  Sub: translateElementwise("Sub"),
  Mul: translateElementwise("Mul"),
  BiasAdd: translateBiasAdd,
  Relu: activation,
  Relu6: activation,
  Softmax: activation,
  Conv2D: translateConvolution,
  _FusedConv2D: translateConvolution,
  DepthwiseConv2dNative: translateDepthwise,
  FusedDepthwiseConv2dNative: translateDepthwise,
  AvgPool: translatePooling("AveragePool"),
  MaxPool: translatePooling("MaxPool"),
  Mean: translateMean,
  Squeeze: translateSqueeze,
  MatMul: translateProduct,
  _FusedMatMul: translateProduct,
};

/** @throws UntranslatedNetworkError */
export function translateOperation(to: Translation, node: GraphNode): Translated {
  const translate = Object.hasOwn(OPERATIONS, node.operation) ? OPERATIONS[node.operation] : undefined;
  return translate ? translate(to, node) : to.refuse(node, "its operation is not known.");
}
