import { Buffer } from "node:buffer";
import { BackboneFilesError } from "./errors.js";
import type { ModelArtifacts } from "./model-artifacts.js";
import { parseModel } from "./parse-model.js";

/** Said of every network out of the package. */
export const NSFWJS_LICENSE = "MIT (npm package nsfwjs 4.4.0, Infinite Red, Inc.)";
/** Classes of nsfwjs' models: 0 drawing, 1 hentai, 2 neutral, 3 porn, 4 sexy. */
export const EXPLICIT_CLASSES = [1, 3];

/** As the package wraps its models in JavaScript: an object for `model.json`, a base64 string for each shard. */
interface WrappedModel {
  readonly modelJson: () => Promise<{ readonly default: unknown }>;
  readonly weightBundles: readonly (() => Promise<{ readonly default: unknown }>)[];
}

export async function readNsfwjsModel(backbone: string, model: WrappedModel): Promise<ModelArtifacts> {
  const modelJson = (await model.modelJson()).default;
  const shards: Uint8Array[] = [];
  for (const readShard of model.weightBundles) {
    const shard = (await readShard()).default;
    if (typeof shard !== "string") {
      throw new BackboneFilesError(backbone, "a weight shard of nsfwjs is not base64 text.");
    }
    shards.push(Buffer.from(shard, "base64"));
  }
  return parseModel(backbone, modelJson, () => Promise.resolve(shards));
}
