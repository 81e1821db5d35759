import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import { BackboneFilesError } from "./errors.js";
import { parseGraphModel } from "./parse-graph-model.js";

/**
 * Reads a graph model from a folder as the TensorFlow.js converter writes it: `model.json` and its weight files.
 *
 * @throws BackboneFilesError where a file is missing, is not JSON, or is cut short
 */
export async function readModelFolder(backbone: string, folder: string): Promise<io.ModelArtifacts> {
  const text = await readPart(backbone, folder, "model.json");
  let modelJson: unknown;
  try {
    modelJson = JSON.parse(text.toString("utf8"));
  } catch (cause) {
    throw new BackboneFilesError(backbone, "its model.json is not JSON.", { cause });
  }
  return parseGraphModel(backbone, modelJson, (names) =>
    Promise.all(names.map((name) => readPart(backbone, folder, name))),
  );
}

async function readPart(backbone: string, folder: string, name: string): Promise<Buffer> {
  // A model.json from elsewhere must not name files outside its own folder.
  if (name !== basename(name))
    throw new BackboneFilesError(backbone, `the weight file "${name}" is not in its folder.`);
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new BackboneFilesError(backbone, `${name} cannot be opened.`, { cause });
  }
}
