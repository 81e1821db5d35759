import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { BackboneFilesError } from "./errors.js";
import type { ModelArtifacts } from "./model-artifacts.js";
import { parseModel } from "./parse-model.js";

/**
 * Reads a model from a folder as the TensorFlow.js converter writes it: `model.json` and its weight files.
 *
 * @param modelFile name of the `model.json`
 * @throws BackboneFilesError where a file is missing, is not JSON, or is cut short
 */
export async function readModelFolder(
  backbone: string,
  folder: string,
  modelFile = "model.json",
): Promise<ModelArtifacts> {
  const text = await readPart(backbone, folder, modelFile);
  let modelJson: unknown;
  try {
    modelJson = JSON.parse(text.toString("utf8"));
  } catch (cause) {
    throw new BackboneFilesError(backbone, `its ${modelFile} is not JSON.`, { cause });
  }
  return parseModel(backbone, modelJson, (names) => Promise.all(names.map((name) => readPart(backbone, folder, name))));
}

async function readPart(backbone: string, folder: string, name: string): Promise<Buffer> {
  // A model.json from elsewhere must not name files outside its own folder.
  if (name !== basename(name)) throw new BackboneFilesError(backbone, `the file "${name}" is not in its folder.`);
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new BackboneFilesError(backbone, `${name} cannot be opened.`, { cause });
  }
}
