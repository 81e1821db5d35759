import { inceptionV3, mobileNetV2, mobileNetV2Mid, writeBackboneFolder, type Backbone } from "@facet/feature-encoder";
import { prepareFolder } from "../output-files.js";
import type { PackagedBackbone } from "./packaged-backbones.js";

const PACKAGED: Readonly<Record<PackagedBackbone, Backbone>> = {
  "nsfwjs/mobilenet_v2": mobileNetV2,
  "nsfwjs/mobilenet_v2_mid": mobileNetV2Mid,
  "nsfwjs/inception_v3": inceptionV3,
};

/**
 * Writes a network out of an npm package as a folder that `--backbone` and the service take. Needs no network.
 *
 * @param folder made where it does not exist
 * @throws OutputFileError where it cannot be made
 */
export async function writeBackbone(
  from: PackagedBackbone,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  prepareFolder("--out", folder);
  const backbone = PACKAGED[from];
  const file = await writeBackboneFolder(backbone, folder);
  say(`${file} describes ${backbone.name}: ${backbone.license ?? "no license is told"}`);
}
