import type { Backbone } from "./backbone.js";
import { EXPLICIT_CLASSES, NSFWJS_LICENSE, readNsfwjsModel } from "./read-nsfwjs-model.js";

const NAME = "inception-v3";

/** Inception v3 at 299 px out of nsfwjs, tapped at the 1280 channels of its block `mixed8`: several times the work. */
export const inceptionV3: Backbone = {
  name: NAME,
  source: {
    kind: "artifacts",
    load: async () => readNsfwjsModel(NAME, (await import("nsfwjs/models/inception_v3")).InceptionV3Model),
  },
  input: { height: 299, width: 299, range: [0, 1] },
  taps: ["mixed8"],
  unsafe: { node: "dense_3", classes: EXPLICIT_CLASSES },
  license: NSFWJS_LICENSE,
};
