import { readBackboneFile, type FeatureEncoderOptions } from "@facet/feature-encoder";
import { SIDE } from "../photos/degrade.js";

/**
 * What to load an encoder from: the shipped backbone, or the one that a file describes. Pictures come as they do in the
 * service, of one size whatever the backbone takes.
 *
 * @param file a `backbone.json`, or the folder that it is in
 * @throws BackboneFileError
 */
export async function readBackbone(file: string | undefined): Promise<FeatureEncoderOptions> {
  if (file === undefined) return {};
  return { backbone: await readBackboneFile(file), picture: { height: SIDE, width: SIDE } };
}
