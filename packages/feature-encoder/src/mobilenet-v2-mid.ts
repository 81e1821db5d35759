import { Buffer } from "node:buffer";
import type { io } from "@tensorflow/tfjs-core";
import type { Backbone } from "./backbone.js";
import { BackboneFilesError } from "./errors.js";
import { parseGraphModel } from "./parse-graph-model.js";

const NAME = "mobilenet-v2-mid";
const LAYERS =
  "StatefulPartitionedCall/sequential/keras_layer/StatefulPartitionedCall/StatefulPartitionedCall/StatefulPartitionedCall/predict/MobilenetV2";

/** Classes of nsfwjs' models: 0 drawing, 1 hentai, 2 neutral, 3 porn, 4 sexy. */
const EXPLICIT_CLASSES = [1, 3];

/**
 * MobileNetV2 1.4 at 224 px as published in the npm package nsfwjs 4.4.0 (MIT): ImageNet weights, fine-tuned there to
 * tell unsafe pictures from safe ones and quantised to 8 bits. Two of its bottlenecks are tapped: the 13th's 224
 * channels still tell texture and parts, the 16th's 448 tell what the picture shows. Joined they find unseen interests
 * better than either alone or than the last layer, and cost no second pass.
 */
export const mobileNetV2Mid: Backbone = {
  name: NAME,
  source: { kind: "artifacts", load: loadFromPackage },
  input: { height: 224, width: 224, range: [0, 1] },
  taps: [
    `${LAYERS}/expanded_conv_13/project/BatchNorm/FusedBatchNormV3`,
    `${LAYERS}/expanded_conv_16/project/BatchNorm/FusedBatchNormV3`,
  ],
  unsafe: { node: "StatefulPartitionedCall/sequential/prediction/Softmax", classes: EXPLICIT_CLASSES },
};

/** The package wraps its model in JavaScript modules: an object for `model.json`, a base64 string for each shard. */
async function loadFromPackage(): Promise<io.ModelArtifacts> {
  const { MobileNetV2MidModel } = await import("nsfwjs/models/mobilenet_v2_mid");
  const modelJson: unknown = (await MobileNetV2MidModel.modelJson()).default;
  const shards: Uint8Array[] = [];
  for (const readShard of MobileNetV2MidModel.weightBundles) {
    const shard: unknown = (await readShard()).default;
    if (typeof shard !== "string") throw new BackboneFilesError(NAME, "a weight shard of nsfwjs is not base64 text.");
    shards.push(Buffer.from(shard, "base64"));
  }
  return parseGraphModel(NAME, modelJson, () => Promise.resolve(shards));
}
