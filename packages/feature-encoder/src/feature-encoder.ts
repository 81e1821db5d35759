import { firstThatWorks, type Skipped } from "@facet/domain";
import type { Backbone, PictureSize } from "./backbone.js";
import { checkBackbone } from "./check-backbone.js";
import { checkOptions } from "./check-options.js";
import { checkWeights } from "./check-weights.js";
import { encoderVersion } from "./encoder-version.js";
import type { EncoderEngine, EncoderNetwork } from "./engine.js";
import {
  BackboneDescriptionError,
  BackboneFilesError,
  EncoderDisposedError,
  ImageSizeError,
  ImageTypeError,
  NoEngineError,
} from "./errors.js";
import { mobileNetV2Mid } from "./mobilenet-v2-mid.js";
import { bytesOf } from "./probe-picture.js";
import { readArtifacts } from "./read-artifacts.js";
import { tensorflowEngine } from "./tensorflow/tensorflow-engine.js";
import { weightBytes } from "./weight-bytes.js";

export interface EncodedImage {
  /** `[width]`: the taps' pooled outputs, each of length 1, joined. Not normalised as a whole. */
  readonly feature: Float32Array;
  /** How likely the picture is explicit, 0..1: the summed probability of the unsafe classes; 0 where the backbone has none. */
  readonly unsafeScore: number;
}

/**
 * The two convolution units of the method (claims 5 and 6) over one frozen backbone. Liked images and candidate frames
 * go through the same weights, so that their features lie in one space and can be compared.
 */
export interface FeatureEncoder {
  /**
   * Stored with every feature: only features of equal versions may be compared. It does not depend on the engine: all
   * give the same numbers, up to rounding.
   */
  readonly version: string;
  /** The engine that runs the backbone, and those that were tried before it. */
  readonly engine: { readonly name: string; readonly skipped: readonly Skipped[] };
  /** Numbers in a feature; 672 for the default backbone. */
  readonly width: number;
  /** Bytes of one picture: height x width x RGB. */
  readonly imageBytes: number;
  /**
   * Claim 5: a feature per liked image, in the order given.
   *
   * @param likedImages each `[height, width, 3]` RGB bytes, the whole picture squashed to the encoder's picture size
   *   (224 x 224 px for the default backbone)
   * @throws ImageSizeError, ImageTypeError before anything is computed; EncoderDisposedError
   */
  firstConvolutionUnit(likedImages: readonly Uint8Array[]): Promise<EncodedImage[]>;
  /**
   * Claim 6: a feature per candidate frame, in the order given.
   *
   * @param candidateFrames as for the first unit
   * @throws ImageSizeError, ImageTypeError before anything is computed; EncoderDisposedError
   */
  secondConvolutionUnit(candidateFrames: readonly Uint8Array[]): Promise<EncodedImage[]>;
  /**
   * Gives the weights' memory back. May be called twice. A pass that has begun is finished first, whatever the engine: a
   * call that needs no other one still resolves, and any other one rejects with EncoderDisposedError.
   */
  dispose(): void;
}

export interface FeatureEncoderOptions {
  /** Default: MobileNetV2 from the npm package nsfwjs. */
  readonly backbone?: Backbone;
  /**
   * Size of the pictures that are handed in, in pixels. Default: what the backbone's input takes. Pictures of another
   * size are scaled to the input bilinearly; larger ones than about twice the input lose detail by that. Whole numbers from
   * 1 to 4096.
   */
  readonly picture?: PictureSize;
  /**
   * Pictures in one pass, a whole number from 1 to 256; default 2. Larger passes are no faster, and each picture more takes another 25 MB with the
   * default backbone. Between passes the event loop gets its turn.
   */
  readonly batchSize?: number;
  /**
   * What may run the backbone: the first that can is taken. Default: TensorFlow.js alone, on whatever backend the app has
   * set (see `selectBackend`).
   */
  readonly engines?: readonly EncoderEngine[];
}

/**
 * Reads the backbone and makes it ready.
 *
 * @throws EncoderOptionError, BackboneDescriptionError before anything is read where they cannot be used at all;
 *   BackboneFilesError, BackboneDescriptionError, NoEngineError
 */
export async function loadFeatureEncoder(options: FeatureEncoderOptions = {}): Promise<FeatureEncoder> {
  const { backbone = mobileNetV2Mid, batchSize = 2, engines = [tensorflowEngine()] } = options;
  checkBackbone(backbone);
  const { height, width } = options.picture ?? backbone.input;
  const picture = { height, width };
  checkOptions(picture, batchSize);
  const artifacts = await readArtifacts(backbone);
  const weights = weightBytes(artifacts);
  checkWeights(backbone.name, artifacts.weightSpecs ?? [], weights);
  const choice = await firstThatWorks(
    engines,
    (engine) => engine.load(backbone, picture, artifacts),
    (error) => error instanceof BackboneFilesError || error instanceof BackboneDescriptionError,
  );
  if (!choice.found) throw new NoEngineError(choice.skipped);
  return new ConvolutionUnits(choice.result, {
    version: encoderVersion(backbone, picture, artifacts, weights),
    engine: { name: choice.name, skipped: choice.skipped },
    imageBytes: bytesOf(picture),
    batchSize,
  });
}

class ConvolutionUnits implements FeatureEncoder {
  readonly version: string;
  readonly engine: FeatureEncoder["engine"];
  readonly imageBytes: number;
  readonly #network: EncoderNetwork;
  readonly #batchSize: number;
  #disposed = false;

  constructor(
    network: EncoderNetwork,
    facts: Pick<FeatureEncoder, "version" | "engine" | "imageBytes"> & { readonly batchSize: number },
  ) {
    this.#network = network;
    this.version = facts.version;
    this.engine = facts.engine;
    this.imageBytes = facts.imageBytes;
    this.#batchSize = facts.batchSize;
  }

  get width(): number {
    return this.#network.width;
  }

  firstConvolutionUnit(likedImages: readonly Uint8Array[]): Promise<EncodedImage[]> {
    return this.#encode(likedImages);
  }

  secondConvolutionUnit(candidateFrames: readonly Uint8Array[]): Promise<EncodedImage[]> {
    return this.#encode(candidateFrames);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#network.dispose();
  }

  async #encode(images: readonly Uint8Array[]): Promise<EncodedImage[]> {
    this.#refuseIfDisposed(); // even where there is nothing to encode
    for (const [position, image] of images.entries()) {
      if (!(image instanceof Uint8Array)) throw new ImageTypeError(position);
      if (image.byteLength !== this.imageBytes) throw new ImageSizeError(position, image.byteLength, this.imageBytes);
    }
    const encoded: EncodedImage[] = [];
    for (let start = 0; start < images.length; start += this.#batchSize) {
      this.#refuseIfDisposed();
      encoded.push(...(await this.#network.run(images.slice(start, start + this.#batchSize))));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return encoded;
  }

  #refuseIfDisposed(): void {
    if (this.#disposed) throw new EncoderDisposedError();
  }
}
