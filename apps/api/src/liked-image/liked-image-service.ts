import { createHash } from "node:crypto";
import { parseImageHash, parseUserId, type ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { readPicture } from "@facet/frame-extraction";
import type { RecordLikedImageInput, RemoveLikedImageInput } from "../generated/resolver-types.js";
import type { PageRequest } from "../graphql/connection.js";
import { blameField, InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { ImageStore } from "../image/image-store.js";
import type { UploadStore } from "../upload/upload-store.js";
import { readLikedPicture, type LikedPicture } from "./liked-image-source.js";
import { isMissingReference, type LikedImageRecord, type LikedImageRecords } from "./liked-image-records.js";

/** How far ahead of ours a caller's clock may be. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

export interface LikedImageParts {
  readonly records: LikedImageRecords;
  readonly images: ImageStore;
  readonly features: FeatureStore;
  readonly uploads: UploadStore;
  readonly encoder: Pick<FeatureEncoder, "firstConvolutionUnit">;
}

/** What viewers liked: recorded, removed, listed. */
export class LikedImageService {
  constructor(private readonly parts: LikedImageParts) {}

  /** Keeps the picture, its feature (claim 5) and the like; the viewer's history is of a new version from then on. */
  record({ userId, source, likedAt }: RecordLikedImageInput): Promise<Outcome<LikedImageRecord>> {
    return settleInput(async () => {
      const { records, uploads } = this.parts;
      const viewer = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
      const time = readLikedAt(likedAt);
      const picture = await readLikedPicture(source, uploads, (frameId) => records.findFrameImage(frameId));
      const record = async (): Promise<LikedImageRecord> => {
        const imageHash = picture.kind === "frame" ? picture.imageHash : await this.#keepPicture(picture);
        const sourceKind = picture.kind === "frame" ? "FRAME" : picture.sourceKind;
        return records.record({ userId: viewer, imageHash, sourceKind, likedAt: time });
      };
      // A picture goes with its last like: another viewer may have removed that since we found it here.
      return record().catch((error: unknown) =>
        isMissingReference(error) ? record() : Promise.reject(error as Error),
      );
    });
  }

  remove({ userId, likedImageId }: RemoveLikedImageInput): Promise<Outcome<LikedImageRecord>> {
    return settleInput(async () => {
      const viewer = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
      const removed = await this.parts.records.remove(viewer, likedImageId);
      if (removed !== undefined) return removed;
      throw new InputError("LIKED_IMAGE_NOT_FOUND", "likedImageId", "This viewer has no liked image with this id.");
    });
  }

  /** The newest first; one more than asked for where there are more. */
  list(userId: string, page: PageRequest): Promise<LikedImageRecord[]> {
    return this.parts.records.list(userId, page);
  }

  async #keepPicture({ field, bytes }: LikedPicture & { kind: "bytes" }): Promise<ImageHash> {
    const { images, features, encoder } = this.parts;
    const hash = parseImageHash(createHash("sha256").update(bytes).digest("hex"));
    // A picture that has its feature was read before: many viewers like the same one.
    if (await features.has(hash)) return hash;

    const codes = ["INVALID_IMAGE", "LIMIT_EXCEEDED"] as const;
    const picture = await blameField(field, codes, () => readPicture(bytes));
    const [encoded] = await encoder.firstConvolutionUnit([picture.rgb]);
    if (encoded === undefined) throw new Error("The encoder gave no feature.");
    await images.keep([{ bytes, mime: picture.mime, width: picture.width, height: picture.height }]);
    await features.keep(hash, encoded.feature);
    return hash;
  }
}

function readLikedAt(likedAt: Date | null | undefined): Date {
  const now = Date.now();
  const time = likedAt ?? new Date(now);
  if (time.getTime() > now + CLOCK_SKEW_MS) {
    const message = `likedAt is ${time.toISOString()}: it may lie at most five minutes in the future.`;
    throw new InputError("INVALID_TIME", "likedAt", message);
  }
  if (time.getTime() < 0) throw new InputError("INVALID_TIME", "likedAt", "likedAt lies before the year 1970.");
  return time;
}
