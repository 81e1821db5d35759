import type { io } from "@tensorflow/tfjs-core";
import { BackboneFilesError } from "./errors.js";

/**
 * Puts the parts of a TensorFlow.js graph model together, and checks that they belong together before the converter,
 * whose own messages name no file, sees them.
 *
 * @param backbone   the name to blame
 * @param modelJson  the parsed `model.json`
 * @param readShards reads the weight files of the given names, in that order
 * @throws BackboneFilesError
 */
export async function parseGraphModel(
  backbone: string,
  modelJson: unknown,
  readShards: (names: readonly string[]) => Promise<readonly Uint8Array[]>,
): Promise<io.ModelArtifacts> {
  const model = checkGraphModel(backbone, modelJson);
  const specs = model.weightsManifest.flatMap((group) => group.weights);
  const shards = await readShards(model.weightsManifest.flatMap((group) => group.paths));
  const weightData = joinBytes(shards);

  const expected = specs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (weightData.byteLength !== expected) {
    throw new BackboneFilesError(
      backbone,
      `its weights are ${weightData.byteLength} bytes: its model.json says ${expected}.`,
    );
  }
  return {
    modelTopology: model.modelTopology,
    format: "graph-model",
    weightSpecs: specs,
    weightData,
    ...(model.signature && { signature: model.signature }),
    ...(model.userDefinedMetadata && { userDefinedMetadata: model.userDefinedMetadata }),
  };
}

interface GraphModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly paths: string[]; readonly weights: io.WeightsManifestEntry[] }[];
  readonly signature?: object;
  readonly userDefinedMetadata?: Record<string, object>;
}

function checkGraphModel(backbone: string, json: unknown): GraphModelJson {
  if (typeof json !== "object" || json === null)
    throw new BackboneFilesError(backbone, "its model.json is not an object.");
  const model = json as Partial<GraphModelJson> & { format?: unknown };
  if (model.format === "layers-model") {
    throw new BackboneFilesError(backbone, "it is a layers model: convert it to a graph model first.");
  }
  if (!model.modelTopology) throw new BackboneFilesError(backbone, "its model.json has no modelTopology.");
  if (!Array.isArray(model.weightsManifest))
    throw new BackboneFilesError(backbone, "its model.json has no weightsManifest.");
  return model as GraphModelJson;
}

const BYTES_OF_TYPE: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  complex64: 8,
  uint8: 1,
  uint16: 2,
  float16: 2,
  bool: 1,
};

function byteLength(spec: io.WeightsManifestEntry): number {
  const bytes = BYTES_OF_TYPE[spec.quantization?.dtype ?? spec.dtype] ?? 4;
  return spec.shape.reduce((size, side) => size * side, bytes);
}

function joinBytes(parts: readonly Uint8Array[]): ArrayBuffer {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined.buffer;
}
