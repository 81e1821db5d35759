import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseImageHash, type ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { readPicture, type Picture } from "@facet/frame-extraction";
import type { LikedImageSourceInput } from "../generated/resolver-types.js";
import { blameField, InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { ImageStore } from "../image/image-store.js";
import type { RemoteFiles } from "../remote-file/index.js";
import type { UploadStore } from "../upload/upload-store.js";
import { readLikedPicture, type LikedPicture } from "./liked-image-source.js";
import type { LikedImageRecords, NewLike } from "./liked-image-records.js";
import { readLikedAt } from "./read-liked-at.js";

/** Pictures in memory at once: each may be of 10 MB. */
const CHUNK = 8;
/** Small, because the event loop stands still while a batch is encoded; larger ones gain little. */
const BATCH = 4;
/** Between batches whoever waits for the database or the network gets this long to go some steps further. */
const BREATH_MS = 10;

/** A like as a caller names it. */
export interface AskedLike {
  readonly source: LikedImageSourceInput;
  readonly likedAt?: Date | null | undefined;
}

export interface LikeIntakeParts {
  readonly records: Pick<LikedImageRecords, "findFrameImages">;
  readonly images: ImageStore;
  readonly features: Pick<FeatureStore, "findKnown" | "keep">;
  readonly uploads: UploadStore;
  readonly remoteFiles: Pick<RemoteFiles, "fetchImage">;
  readonly encoder: Pick<FeatureEncoder, "firstConvolutionUnit">;
}

/** Which likes are not taken, though nothing is wrong with their pictures. */
export interface IntakeBounds {
  /** Likes before this moment are refused: the viewer's list is full of newer ones. */
  readonly oldest?: Date | undefined;
  /** Ends the intake; an `InputError` that is its reason is the outcome of each like that was not reached. */
  readonly stop?: AbortSignal | undefined;
}

/** Brings liked pictures in: found, read, encoded (claim 5) in batches and kept, so that the like itself is a row to write. */
export class LikeIntake {
  constructor(private readonly parts: LikeIntakeParts) {}

  /**
   * Of each like, in the order asked, what is to be recorded or what was at fault. One that is at fault costs no other.
   *
   * @param now for likes without a time
   */
  async take(asked: readonly AskedLike[], now: Date, bounds: IntakeBounds = {}): Promise<Outcome<NewLike>[]> {
    const frameImages = await this.parts.records.findFrameImages(asked.flatMap(({ source }) => source.frameId ?? []));
    const taken: Outcome<NewLike>[] = [];
    for (let start = 0; start < asked.length; start += CHUNK) {
      taken.push(...(await this.#takeChunk(asked.slice(start, start + CHUNK), now, bounds, frameImages)));
    }
    return taken;
  }

  async #takeChunk(
    asked: readonly AskedLike[],
    now: Date,
    { oldest, stop }: IntakeBounds,
    frameImages: ReadonlyMap<string, ImageHash>,
  ): Promise<Outcome<NewLike>[]> {
    const found = await Promise.all(
      asked.map(({ source, likedAt }) =>
        settleInput(async () => {
          stop?.throwIfAborted();
          const time = refuseOlder(readLikedAt(likedAt, now), oldest);
          const { uploads, remoteFiles } = this.parts;
          const findFrameImage = (frameId: string) => frameImages.get(frameId.toLowerCase());
          const picture = await readLikedPicture(source, { uploads, remoteFiles, findFrameImage, stop });
          return { picture: name(picture), likedAt: time };
        }),
      ),
    );
    const pictures = found.flatMap((outcome) =>
      outcome.ok && outcome.value.picture.kind === "bytes" ? [outcome.value.picture] : [],
    );
    const refused = await this.#keepPictures(pictures);
    return found.map((outcome) => {
      if (!outcome.ok) return outcome;
      const { picture, likedAt } = outcome.value;
      const fault = refused.get(picture.imageHash);
      if (fault !== undefined && picture.kind === "bytes")
        return { ok: false, error: { ...fault, field: picture.field } };
      const sourceKind = picture.kind === "frame" ? "FRAME" : picture.sourceKind;
      return { ok: true, value: { imageHash: picture.imageHash, sourceKind, likedAt } };
    });
  }

  /** What was at fault with some of the pictures, by their hashes. Those that have their feature were read before: many viewers like the same one. */
  async #keepPictures(pictures: readonly NamedBytes[]): Promise<Map<ImageHash, UserFault>> {
    const known = await this.parts.features.findKnown(pictures.map((picture) => picture.imageHash));
    const unknown = new Map(
      pictures.flatMap((picture) => (known.has(picture.imageHash) ? [] : [[picture.imageHash, picture]])),
    );
    const refused = new Map<ImageHash, UserFault>();
    const read: { readonly named: NamedBytes; readonly picture: Picture }[] = [];
    for (const named of unknown.values()) {
      const codes = ["INVALID_IMAGE", "LIMIT_EXCEEDED"] as const;
      const outcome = await settleInput(() => blameField(named.field, codes, () => readPicture(named.bytes)));
      if (outcome.ok) read.push({ named, picture: outcome.value });
      else refused.set(named.imageHash, outcome.error);
    }
    for (let start = 0; start < read.length; start += BATCH) await this.#encode(read.slice(start, start + BATCH));
    return refused;
  }

  async #encode(read: readonly { readonly named: NamedBytes; readonly picture: Picture }[]): Promise<void> {
    const { images, features, encoder } = this.parts;
    const encoded = await encoder.firstConvolutionUnit(read.map(({ picture }) => picture.rgb));
    await images.keep(
      read.map(({ named: { bytes }, picture: { mime, width, height } }) => ({ bytes, mime, width, height })),
    );
    await features.keep(
      read.map(({ named }, position) => {
        const feature = encoded[position]?.feature;
        if (feature === undefined) throw new Error("The encoder gave fewer features than it was given pictures.");
        return { hash: named.imageHash, feature };
      }),
    );
    await sleep(BREATH_MS);
  }
}

type UserFault = Extract<Outcome<never>, { ok: false }>["error"];
type NamedBytes = LikedPicture & { readonly kind: "bytes"; readonly imageHash: ImageHash };

function name(picture: LikedPicture): NamedBytes | (LikedPicture & { readonly kind: "frame" }) {
  if (picture.kind === "frame") return picture;
  return { ...picture, imageHash: parseImageHash(createHash("sha256").update(picture.bytes).digest("hex")) };
}

function refuseOlder(likedAt: Date, oldest: Date | undefined): Date {
  if (oldest === undefined || likedAt >= oldest) return likedAt;
  const message = `likedAt is ${likedAt.toISOString()}: this viewer's list is full, and all of its likes are newer.`;
  throw new InputError("LIMIT_EXCEEDED", "likedAt", message);
}
