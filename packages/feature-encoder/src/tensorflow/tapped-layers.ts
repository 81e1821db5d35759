import { io, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Backbone } from "../backbone.js";
import { BackboneDescriptionError, BackboneFilesError } from "../errors.js";
import type { ModelArtifacts } from "../model-artifacts.js";
import { checkInputs, wantedOutputs, type TappedNetwork } from "../tapped-network.js";

/**
 * A layers model, as Keras' models are stored, computed only as far as the wanted layers need.
 *
 * @throws BackboneFilesError, BackboneDescriptionError
 */
export async function loadTappedLayers(backbone: Backbone, artifacts: ModelArtifacts): Promise<TappedNetwork> {
  // Only here: the shipped backbone is a graph, and whoever uses that should not wait for this library.
  const layers = await import("@tensorflow/tfjs-layers");
  const whole = await loadWhole(backbone, () => layers.loadLayersModel(io.fromMemory(artifacts)));
  try {
    checkInputs(
      backbone,
      whole.inputs.map(({ shape }) => shape),
    );
    const wanted = wantedOutputs(backbone);
    const outputs = new Map(wanted.map((name) => [name, outputOf(backbone, whole, name)]));
    const tapped = layers.model({ inputs: whole.inputs, outputs: [...outputs.values()] });
    const names = [...outputs.keys()];
    return {
      execute: (images: Tensor4D): Tensor[] => {
        const computed = [tapped.predict(images, { batchSize: images.shape[0] })].flat();
        return wanted.flatMap((name) => computed[names.indexOf(name)] ?? []);
      },
      // The layers are the whole model's; the tapped one only borrows them.
      dispose: () => void whole.dispose(),
    };
  } catch (error) {
    whole.dispose();
    throw error;
  }
}

async function loadWhole(backbone: Backbone, load: () => Promise<LayersModel>): Promise<LayersModel> {
  try {
    return await load();
  } catch (cause) {
    throw new BackboneFilesError(backbone.name, "its layers do not load.", { cause });
  }
}

function outputOf(backbone: Backbone, whole: LayersModel, name: string): SymbolicTensor {
  const layer = whole.layers.find((candidate) => candidate.name === name);
  if (!layer) throw new BackboneDescriptionError(backbone.name, `it has no layer "${name}".`);
  const { output } = layer;
  if (Array.isArray(output)) {
    throw new BackboneDescriptionError(backbone.name, `its layer "${name}" has ${output.length} outputs, not one.`);
  }
  return output;
}
