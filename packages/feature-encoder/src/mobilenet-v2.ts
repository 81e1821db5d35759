import type { Backbone } from "./backbone.js";
import { EXPLICIT_CLASSES, NSFWJS_LICENSE, readNsfwjsModel } from "./read-nsfwjs-model.js";

const NAME = "mobilenet-v2";

/**
 * MobileNetV2 1.0 at 224 px out of nsfwjs: two thirds of `mobileNetV2Mid`'s bytes. A layers model, tapped at the
 * bottlenecks of the same depth: 160 and 320 channels.
 */
export const mobileNetV2: Backbone = {
  name: NAME,
  source: {
    kind: "artifacts",
    load: async () => readNsfwjsModel(NAME, (await import("nsfwjs/models/mobilenet_v2")).MobileNetV2Model),
  },
  input: { height: 224, width: 224, range: [0, 1] },
  taps: ["block_13_project_BN", "block_16_project_BN"],
  unsafe: { node: "dense_3", classes: EXPLICIT_CLASSES },
  license: NSFWJS_LICENSE,
};
