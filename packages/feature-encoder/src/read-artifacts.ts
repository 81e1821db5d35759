import type { Backbone } from "./backbone.js";
import type { ModelArtifacts } from "./model-artifacts.js";
import { readModelFolder } from "./read-model-folder.js";

/**
 * The parts of a backbone's network, from wherever they are.
 *
 * @throws BackboneFilesError
 */
export function readArtifacts({ name, source }: Backbone): Promise<ModelArtifacts> {
  return source.kind === "folder" ? readModelFolder(name, source.folder, source.modelFile) : source.load();
}
