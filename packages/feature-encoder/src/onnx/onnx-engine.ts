import { OnnxProgram, type Numbers, type OnnxProgramOptions, type OnnxRuntime } from "@facet/onnx-graph";
import type { Backbone, PictureSize } from "../backbone.js";
import type { EncoderEngine, EncoderNetwork } from "../engine.js";
import { UntranslatedNetworkError } from "../errors.js";
import { formatOf } from "../parse-model.js";
import { bytesOf, checkClasses, checkProbe, probePicture } from "../probe-picture.js";
import { encoderGraph } from "./encoder-graph.js";

/**
 * ONNX Runtime. The graph model's operations are translated in memory when it is loaded, from the same files that
 * TensorFlow.js reads, so that there is no second file to keep in step. Layers models, and operations that no picture
 * classifier needs, are refused: let TensorFlow.js come next.
 *
 * Making the engine throws nothing. Its `load` throws UntranslatedNetworkError where the network is such a one,
 * BackboneDescriptionError where no engine could run it, and what `load` and the runtime throw where they do not work here.
 *
 * @param load imports the runtime, such as the npm package `onnxruntime-node`
 */
export function onnxEngine(load: () => Promise<OnnxRuntime>, options: OnnxProgramOptions = {}): EncoderEngine {
  return {
    name: "onnx",
    load: async (backbone, picture, artifacts) => {
      if (formatOf(artifacts.modelTopology ?? {}) !== "graph-model") {
        throw new UntranslatedNetworkError(backbone.name, "it is a layers model, not a graph model.");
      }
      const runtime = await load();
      const graph = encoderGraph(backbone, picture, artifacts);
      return OnnxBackbone.start(backbone, picture, await OnnxProgram.compile(runtime, graph, options));
    },
  };
}

class OnnxBackbone implements EncoderNetwork {
  private constructor(
    private readonly backbone: Backbone,
    private readonly picture: PictureSize,
    private readonly program: OnnxProgram,
    readonly width: number,
  ) {}

  static async start(backbone: Backbone, picture: PictureSize, program: OnnxProgram): Promise<OnnxBackbone> {
    try {
      const { features, classes } = await encode(program, picture, [probePicture(picture)]);
      checkClasses(backbone, classes?.dims);
      checkProbe(backbone, features.data);
      return new OnnxBackbone(backbone, picture, program, features.data.length);
    } catch (error) {
      await program.release();
      throw error;
    }
  }

  async run(images: readonly Uint8Array[]): Promise<{ feature: Float32Array; unsafeScore: number }[]> {
    const { features, classes } = await encode(this.program, this.picture, images);
    return images.map((_, i) => ({
      feature: features.data.slice(i * this.width, (i + 1) * this.width),
      unsafeScore: Math.min(1, this.#sumUnsafe(classes, i)),
    }));
  }

  dispose(): void {
    void this.program.release();
  }

  #sumUnsafe(classes: Numbers | undefined, image: number): number {
    if (this.backbone.unsafe === "none" || !classes) return 0;
    const count = classes.dims[1] ?? 0;
    return this.backbone.unsafe.classes.reduce((sum, number) => sum + (classes.data[image * count + number] ?? 0), 0);
  }
}

async function encode(
  program: OnnxProgram,
  picture: PictureSize,
  images: readonly Uint8Array[],
): Promise<{ readonly features: Numbers; readonly classes: Numbers | undefined }> {
  const size = bytesOf(picture);
  const bytes = new Uint8Array(images.length * size);
  images.forEach((image, n) => bytes.set(image, n * size));
  const results = await program.run({
    pictures: { data: bytes, dims: [images.length, picture.height, picture.width, 3] },
  });
  return {
    features: results.get("features") ?? { data: new Float32Array(), dims: [] },
    classes: results.get("classes"),
  };
}
