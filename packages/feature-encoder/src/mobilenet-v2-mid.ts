import type { Backbone } from "./backbone.js";
import { EXPLICIT_CLASSES, NSFWJS_LICENSE, readNsfwjsModel } from "./read-nsfwjs-model.js";

const NAME = "mobilenet-v2-mid";
const LAYERS =
  "StatefulPartitionedCall/sequential/keras_layer/StatefulPartitionedCall/StatefulPartitionedCall/StatefulPartitionedCall/predict/MobilenetV2";

/**
 * MobileNetV2 1.4 at 224 px as published in the npm package nsfwjs 4.4.0 (MIT): ImageNet weights, fine-tuned there to
 * tell unsafe pictures from safe ones and quantised to 8 bits. Two of its bottlenecks are tapped: the 13th's 224
 * channels still tell texture and parts, the 16th's 448 tell what the picture shows. Joined they find unseen interests
 * better than either alone or than the last layer, and cost no second pass. The second pass that the mirror image does
 * cost is worth it: about one and a half more of a hundred covers are right, with any method that compares features.
 * Counting the edge of a picture less is worth one to two more on photographs, nothing on thumbnails of 64 px, and costs
 * nothing.
 */
export const mobileNetV2Mid: Backbone = {
  name: NAME,
  source: {
    kind: "artifacts",
    load: async () => readNsfwjsModel(NAME, (await import("nsfwjs/models/mobilenet_v2_mid")).MobileNetV2MidModel),
  },
  input: { height: 224, width: 224, range: [0, 1] },
  taps: [
    `${LAYERS}/expanded_conv_13/project/BatchNorm/FusedBatchNormV3`,
    `${LAYERS}/expanded_conv_16/project/BatchNorm/FusedBatchNormV3`,
  ],
  views: "mirrored",
  pooling: "centred",
  unsafe: { node: "StatefulPartitionedCall/sequential/prediction/Softmax", classes: EXPLICIT_CLASSES },
  license: NSFWJS_LICENSE,
};
