import { parseImageHash, type ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { readPicture } from "@facet/frame-extraction";
import pLimit from "p-limit";
import type { PrismaClient } from "../generated/prisma/client.js";
import { asStored, unpackFeature } from "./feature-bytes.js";
import type { ImageStore } from "./image-store.js";
import { FeaturesLackingError } from "./features-lacking.js";
import { insertFeatures } from "./insert-features.js";

/** The stored bytes of a picture's feature; null where this encoder has not made it yet. */
export interface ReadFeature {
  readonly imageHash: string;
  readonly vector: Uint8Array | null;
}

/** Made anew at once: after a change of the encoder every picture is to be, and whoever asks for a cover needs it too. */
const MADE_AT_ONCE = 2;

/** Features of stored pictures, each made once for each version of the encoder. */
export class FeatureStore {
  readonly #turnToMake = pLimit(MADE_AT_ONCE);
  readonly #beingMade = new Map<ImageHash, Promise<Float32Array | undefined>>();

  constructor(
    private readonly prisma: PrismaClient,
    private readonly images: ImageStore,
    private readonly encoder: FeatureEncoder,
  ) {}

  get encoderVersion(): string {
    return this.encoder.version;
  }

  /** Those of the pictures that have their feature already. */
  async findKnown(hashes: readonly ImageHash[]): Promise<Set<string>> {
    if (hashes.length === 0) return new Set();
    const where = { imageHash: { in: [...new Set(hashes)] }, encoderVersion: this.encoder.version };
    const rows = await this.prisma.feature.findMany({ where, select: { imageHash: true } });
    return new Set(rows.map((row) => row.imageHash));
  }

  async keep(made: readonly { readonly hash: ImageHash; readonly feature: Float32Array }[]): Promise<void> {
    const features = made.map(({ hash: imageHash, feature }) => ({ imageHash, feature }));
    await insertFeatures(this.prisma, this.encoder.version, features);
  }

  /**
   * The features of stored pictures, in the order given. Those that an older encoder made are made anew, once.
   *
   * @returns each [width]
   * @throws Error where a picture is gone
   */
  async read(hashes: readonly ImageHash[]): Promise<Float32Array[]> {
    const found = await this.find(hashes);
    return hashes.map((hash) => {
      const feature = found.get(hash);
      if (feature === undefined) throw new Error(`The bytes of image ${hash} are gone.`);
      return feature;
    });
  }

  /**
   * Unpacks features that were read along with something else, in their order. It makes none: that takes long, and is
   * left to whoever can wait for it without keeping others waiting.
   *
   * @returns each [width]
   * @throws FeaturesLackingError
   */
  unpack(read: readonly ReadFeature[]): Float32Array[] {
    const lacking = read.flatMap(({ imageHash, vector }) => (vector === null ? [parseImageHash(imageHash)] : []));
    if (lacking.length > 0) throw new FeaturesLackingError(lacking);
    return read.flatMap(({ vector }) => (vector === null ? [] : unpackFeature(vector)));
  }

  /** As `read`, by picture: one that is gone, as with its last like, is left out. */
  async find(hashes: readonly ImageHash[]): Promise<ReadonlyMap<ImageHash, Float32Array>> {
    const asked = new Set(hashes);
    const rows = await this.prisma.feature.findMany({
      where: { imageHash: { in: [...asked] }, encoderVersion: this.encoder.version },
      select: { imageHash: true, vector: true },
    });
    const found = new Map(rows.map((row) => [parseImageHash(row.imageHash), unpackFeature(row.vector)]));
    for (const hash of asked) {
      const feature = found.get(hash) ?? (await this.#makeOnce(hash));
      if (feature !== undefined) found.set(hash, feature);
    }
    return found;
  }

  /** Whoever asks while it is being made waits for the same one. */
  #makeOnce(hash: ImageHash): Promise<Float32Array | undefined> {
    const making =
      this.#beingMade.get(hash) ??
      this.#turnToMake(() => this.#makeAnew(hash)).finally(() => this.#beingMade.delete(hash));
    this.#beingMade.set(hash, making);
    return making;
  }

  async #makeAnew(hash: ImageHash): Promise<Float32Array | undefined> {
    // Others may have made it since it was looked for: whoever lacks many has waited for his turn.
    const where = { imageHash: hash, encoderVersion: this.encoder.version };
    const made = await this.prisma.feature.findFirst({ where, select: { vector: true } });
    if (made !== null) return unpackFeature(made.vector);
    const image = await this.images.read(hash);
    if (image === undefined) return undefined;
    const { rgb } = await readPicture(image.bytes);
    // Both units are one frozen network: whether it is a frame or a liked image makes no difference to its feature.
    const [encoded] = await this.encoder.firstConvolutionUnit([rgb]);
    if (encoded === undefined) throw new Error("The encoder gave no feature.");
    await this.keep([{ hash, feature: encoded.feature }]);
    return asStored(encoded.feature);
  }
}
