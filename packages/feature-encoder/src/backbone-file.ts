import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Backbone } from "./backbone.js";
import { checkBackbone } from "./check-backbone.js";
import { checkWeights } from "./check-weights.js";
import { BackboneFileError } from "./errors.js";
import { parseBackbone, type BackboneDescription } from "./parse-backbone.js";
import { parseModel } from "./parse-model.js";
import { readArtifacts } from "./read-artifacts.js";
import { weightBytes } from "./weight-bytes.js";

const WEIGHTS = "weights.bin";
const MODEL = "model.json";
const DESCRIPTION = "backbone.json";

/**
 * Reads a backbone that is described by a file. The network itself is read when an encoder is made of it, and only then
 * is it known whether it has the taps and takes the input that the file says.
 *
 * @param file a `backbone.json`, or the folder that it is in
 * @throws BackboneFileError naming the file and the field
 */
export async function readBackboneFile(file: string): Promise<Backbone> {
  const { path, text } = await readDescription(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BackboneFileError(path, undefined, "it is not JSON.", { cause });
  }
  const { model, unsafe = "none", ...rest } = parseBackbone(path, json);
  const modelFile = resolve(dirname(path), model);
  try {
    await access(modelFile);
  } catch (cause) {
    throw new BackboneFileError(path, "model", `names ${model}, and there is no such file beside it.`, { cause });
  }
  return { ...rest, unsafe, source: { kind: "folder", folder: dirname(modelFile), modelFile: basename(modelFile) } };
}

/**
 * Writes a backbone as a folder that `readBackboneFile` reads as the same: `backbone.json`, `model.json` and
 * `weights.bin`. Files of these names that are there are replaced, once it is known that the new ones can be read.
 *
 * @param folder made where it does not exist
 * @returns path of the `backbone.json`
 * @throws BackboneDescriptionError, BackboneFilesError where what was written could not be read, BackboneFileError where
 *   it cannot be written
 */
export async function writeBackboneFolder(backbone: Backbone, folder: string): Promise<string> {
  checkBackbone(backbone);
  const artifacts = await readArtifacts(backbone);
  const weights = weightBytes(artifacts);
  const { modelTopology, format, signature, userDefinedMetadata, weightSpecs = [] } = artifacts;
  const modelJson = {
    ...{ format, modelTopology, signature, userDefinedMetadata },
    weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
  };
  await parseModel(backbone.name, modelJson, () => Promise.resolve([weights]));
  checkWeights(backbone.name, weightSpecs, weights);
  const { name, input, taps, views, pooling, unsafe, license } = backbone;
  const description: BackboneDescription = {
    name,
    model: MODEL,
    input,
    taps,
    ...(views && { views }),
    ...(pooling && { pooling }),
    unsafe,
    ...(license && { license }),
  };
  const file = join(folder, DESCRIPTION);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, WEIGHTS), weights);
    await writeFile(join(folder, MODEL), JSON.stringify(modelJson));
    await writeFile(file, `${JSON.stringify(description, null, 2)}\n`);
  } catch (cause) {
    throw new BackboneFileError(file, undefined, "it cannot be written, or a file beside it.", { cause });
  }
  return file;
}

async function readDescription(file: string): Promise<{ path: string; text: string }> {
  try {
    return { path: file, text: await readFile(file, "utf8") };
  } catch (cause) {
    if (!isFolder(cause)) throw new BackboneFileError(file, undefined, "it cannot be opened.", { cause });
  }
  const inside = join(file, DESCRIPTION);
  try {
    return { path: inside, text: await readFile(inside, "utf8") };
  } catch (cause) {
    throw new BackboneFileError(inside, undefined, "it cannot be opened.", { cause });
  }
}

function isFolder(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EISDIR";
}
