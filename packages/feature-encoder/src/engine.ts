import type { Backbone, PictureSize } from "./backbone.js";
import type { ModelArtifacts } from "./model-artifacts.js";

/** What runs a backbone's network. The network is described once, by its TensorFlow.js files, whatever runs it. */
export interface EncoderEngine {
  /** For people and for logs: `onnx`, `wasm`. */
  readonly name: string;
  /**
   * @param picture size of the pictures that the network will be given
   * @throws BackboneFilesError, BackboneDescriptionError where no engine could run it; anything else where this one cannot
   */
  load(backbone: Backbone, picture: PictureSize, artifacts: ModelArtifacts): Promise<EncoderNetwork>;
}

/** A backbone's network, ready to turn pictures into features. */
export interface EncoderNetwork {
  /** Numbers in a feature. */
  readonly width: number;
  /** @param images each `[height, width, 3]` RGB bytes, of checked length; at least one */
  run(images: readonly Uint8Array[]): Promise<{ feature: Float32Array; unsafeScore: number }[]>;
  /** Gives the memory back; a run that has begun is finished first. It is not run afterwards. */
  dispose(): void;
}
