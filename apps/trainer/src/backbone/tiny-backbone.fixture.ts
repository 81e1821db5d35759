import { join } from "node:path";
import { writeBackboneFolder } from "@facet/feature-encoder";
import { io } from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { chooseBackend } from "../choose-backend.js";
import { makeTempFolder } from "../photos/photo-folders.fixture.js";

/** Numbers in a feature of the tiny backbone. */
export const TINY_WIDTH = 20;

/**
 * A backbone folder with a network of random weights, 32 x 32 px: even that tells the drawn interests apart, which
 * differ in colour and shape.
 *
 * @returns the path of its `backbone.json`
 */
export async function makeTinyBackbone(seed: number): Promise<string> {
  await chooseBackend();
  const convolution = (filters: number, n: number) =>
    layers.conv2d({
      ...{ name: `block_${n}`, filters, kernelSize: 3, strides: 2, activation: "relu" },
      kernelInitializer: initializers.heNormal({ seed: seed + n }),
    });
  const network = sequential({
    layers: [layers.inputLayer({ inputShape: [32, 32, 3], name: "picture" }), convolution(8, 1), convolution(12, 2)],
  });
  try {
    const folder = join(await makeTempFolder(), `tiny-${seed}`);
    return await writeBackboneFolder(
      {
        name: `tiny-${seed}`,
        source: { kind: "artifacts", load: () => readArtifacts((handler) => network.save(handler)) },
        input: { height: 32, width: 32, range: [-1, 1] },
        taps: ["block_1", "block_2"],
        unsafe: "none",
        license: "made for this test",
      },
      folder,
    );
  } finally {
    network.dispose();
  }
}

async function readArtifacts(save: (handler: io.IOHandler) => Promise<unknown>): Promise<io.ModelArtifacts> {
  const saved: io.ModelArtifacts[] = [];
  await save(
    io.withSaveHandler((artifacts) => {
      saved.push(artifacts);
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
    }),
  );
  const [artifacts] = saved;
  if (!artifacts) throw new Error("The network was not saved.");
  return artifacts;
}
