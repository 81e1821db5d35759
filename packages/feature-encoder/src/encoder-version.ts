import { createHash } from "node:crypto";
import type { Backbone, PictureSize } from "./backbone.js";
import type { ModelArtifacts } from "./model-artifacts.js";

/** Raised when the arithmetic between the taps and the feature changes, so that stored features are not mixed. */
const FEATURE_RECIPE = "pooled, each tap to length 1, joined; 1";
/** Raised when several views become one feature in another way. */
const VIEWS_RECIPE = "mean of each tap's unit vectors, to length 1 again; 1";
/** Raised when the middle of a picture counts in another way. */
const POOLING_RECIPE = "mean of all and of all but the edge, half each; 1";
/** Raised when pictures are scaled to the input in another way. */
const SCALING_RECIPE = "bilinear, half-pixel centres; 1";

/**
 * Names what a feature was made by: the backbone's name and 12 hex digits of a SHA-256 over its graph, its weights and
 * everything in its description that changes a number. Features of two versions must never be compared.
 *
 * @param picture size of the pictures handed in: scaling them changes the numbers, too
 */
export function encoderVersion(
  backbone: Backbone,
  picture: PictureSize,
  artifacts: ModelArtifacts,
  weights: Uint8Array,
): string {
  const { input, taps, unsafe, views = "single", pooling = "even" } = backbone;
  const hash = createHash("sha256");
  const isScaled = picture.height !== input.height || picture.width !== input.width;
  if (isScaled) hash.update(JSON.stringify([SCALING_RECIPE, picture.height, picture.width]));
  if (views !== "single") hash.update(JSON.stringify([VIEWS_RECIPE, views]));
  if (pooling !== "even") hash.update(JSON.stringify([POOLING_RECIPE, pooling]));
  hash.update(JSON.stringify([FEATURE_RECIPE, input.height, input.width, input.range, taps, unsafe]));
  hash.update(JSON.stringify([artifacts.modelTopology, artifacts.weightSpecs]));
  hash.update(weights);
  return `${backbone.name}-${hash.digest("hex").slice(0, 12)}`;
}
