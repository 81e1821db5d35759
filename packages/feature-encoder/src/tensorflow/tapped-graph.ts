import { loadGraphModel, type GraphModel } from "@tensorflow/tfjs-converter";
import { io, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Backbone } from "../backbone.js";
import { BackboneDescriptionError, BackboneFilesError } from "../errors.js";
import type { ModelArtifacts } from "../model-artifacts.js";
import { checkInputs, wantedOutputs, type TappedNetwork } from "../tapped-network.js";

/**
 * A graph model, executed only as far as the wanted nodes need.
 *
 * @throws BackboneFilesError, BackboneDescriptionError
 */
export async function loadTappedGraph(backbone: Backbone, artifacts: ModelArtifacts): Promise<TappedNetwork> {
  const graph = await loadGraph(backbone, artifacts);
  try {
    checkInputs(
      backbone,
      graph.inputs.map(({ shape }) => shape),
    );
    checkNodes(backbone, artifacts);
  } catch (error) {
    graph.dispose();
    throw error;
  }
  const input = graph.inputs[0]?.name ?? "";
  const outputs = wantedOutputs(backbone);
  return {
    execute: (images: Tensor4D): Tensor[] => [graph.execute({ [input]: images }, outputs)].flat(),
    dispose: () => graph.dispose(),
  };
}

async function loadGraph(backbone: Backbone, artifacts: ModelArtifacts): Promise<GraphModel> {
  try {
    return await loadGraphModel(io.fromMemory(artifacts));
  } catch (cause) {
    throw new BackboneFilesError(backbone.name, "its graph does not load.", { cause });
  }
}

function checkNodes(backbone: Backbone, artifacts: ModelArtifacts): void {
  const topology = artifacts.modelTopology as { readonly node?: readonly { readonly name: string }[] };
  const names = new Set(topology.node?.map((node) => node.name));
  for (const node of wantedOutputs(backbone)) {
    if (!names.has(node)) throw new BackboneDescriptionError(backbone.name, `it has no node "${node}".`);
  }
}
