import { BackboneFilesError } from "./errors.js";
import { joinBytes } from "./join-bytes.js";
import type { ModelArtifacts, WeightSpec } from "./model-artifacts.js";

/** The two kinds of models that TensorFlow.js stores: a graph of operations, or Keras' layers. */
export type ModelFormat = "graph-model" | "layers-model";

/**
 * Puts the parts of a TensorFlow.js model together, and checks that they belong together before the library, whose own
 * messages name no file, sees them.
 *
 * @param backbone   the name to blame
 * @param modelJson  the parsed `model.json`
 * @param readShards reads the weight files of the given names, in that order
 * @throws BackboneFilesError
 */
export async function parseModel(
  backbone: string,
  modelJson: unknown,
  readShards: (names: readonly string[]) => Promise<readonly Uint8Array[]>,
): Promise<ModelArtifacts> {
  const model = checkModel(backbone, modelJson);
  const specs = model.weightsManifest.flatMap((group) => group.weights);
  const shards = await readShards(model.weightsManifest.flatMap((group) => group.paths));
  const weightData = joinBytes(shards).buffer;

  const expected = specs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (weightData.byteLength !== expected) {
    throw new BackboneFilesError(
      backbone,
      `its weights are ${weightData.byteLength} bytes: its model.json says ${expected}.`,
    );
  }
  return {
    modelTopology: model.modelTopology,
    format: formatOf(model.modelTopology),
    weightSpecs: specs,
    weightData,
    ...(model.signature && { signature: model.signature }),
    ...(model.userDefinedMetadata && { userDefinedMetadata: model.userDefinedMetadata }),
  };
}

/** Told by the topology itself: older converters wrote no `format`. */
export function formatOf(topology: object): ModelFormat {
  return "node" in topology ? "graph-model" : "layers-model";
}

/** Bytes of a weight as it is stored. */
export function byteLength(spec: WeightSpec): number {
  const bytes = BYTES_OF_TYPE[spec.quantization?.dtype ?? spec.dtype] ?? 4;
  return spec.shape.reduce((size, side) => size * side, bytes);
}

interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly paths: string[]; readonly weights: WeightSpec[] }[];
  readonly signature?: object;
  readonly userDefinedMetadata?: Record<string, object>;
}

function checkModel(backbone: string, json: unknown): ModelJson {
  if (typeof json !== "object" || json === null)
    throw new BackboneFilesError(backbone, "its model.json is not an object.");
  const model: { readonly modelTopology?: unknown; readonly weightsManifest?: unknown } = json;
  if (typeof model.modelTopology !== "object" || model.modelTopology === null)
    throw new BackboneFilesError(backbone, "its model.json has no modelTopology.");
  if (!Array.isArray(model.weightsManifest))
    throw new BackboneFilesError(backbone, "its model.json has no weightsManifest.");
  const broken = model.weightsManifest.findIndex((group: unknown) => !isWeightGroup(group));
  if (broken >= 0) {
    throw new BackboneFilesError(
      backbone,
      `group ${broken} of its weightsManifest lacks paths, or weights with name, shape and dtype.`,
    );
  }
  return json as ModelJson;
}

function isWeightGroup(group: unknown): boolean {
  if (!isRecord(group)) return false;
  const { paths, weights } = group;
  return (
    Array.isArray(paths) &&
    paths.every((path) => typeof path === "string") &&
    Array.isArray(weights) &&
    weights.every(isWeightEntry)
  );
}

function isWeightEntry(entry: unknown): boolean {
  if (!isRecord(entry)) return false;
  const { name, shape, dtype, quantization } = entry;
  return (
    typeof name === "string" &&
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every((side) => Number.isInteger(side) && side >= 0) &&
    (quantization === undefined || isRecord(quantization))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
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
