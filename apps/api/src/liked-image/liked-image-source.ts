import type { ImageHash } from "@facet/domain";
import { DEFAULT_PICTURE_LIMITS } from "@facet/frame-extraction";
import type { LikedImageSourceInput } from "../generated/resolver-types.js";
import { blameField, InputError } from "../graphql/user-errors.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { RemoteFiles } from "../remote-file/index.js";
import { readBase64 } from "./read-base64.js";

/** Bytes of a liked picture at most; said before anything is decoded or read. */
const { maxBytes: MAX_LIKED_IMAGE_BYTES } = DEFAULT_PICTURE_LIMITS;

/** A picture that a viewer liked, as it was given. */
export type LikedPicture =
  | {
      readonly kind: "bytes";
      readonly field: string;
      readonly sourceKind: "UPLOAD" | "BASE64" | "URL";
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "frame"; readonly imageHash: ImageHash };

/** What the pictures of an input come out of. */
export interface PictureDoors {
  readonly uploads: UploadStore;
  readonly remoteFiles: Pick<RemoteFiles, "fetchImage">;
  readonly findFrameImage: (frameId: string) => ImageHash | undefined;
  /** Ends what is being fetched. */
  readonly stop?: AbortSignal | undefined;
}

/** Finds the picture that an input names. @throws InputError */
export async function readLikedPicture(
  source: LikedImageSourceInput,
  { uploads, remoteFiles, findFrameImage, stop }: PictureDoors,
): Promise<LikedPicture> {
  if (source.frameId != null) {
    const imageHash = findFrameImage(source.frameId);
    if (imageHash !== undefined) return { kind: "frame", imageHash };
    throw new InputError("FRAME_NOT_FOUND", "source.frameId", "No candidate frame has this id.");
  }
  if (source.base64 != null) {
    const field = "source.base64";
    const bytes = readBase64(field, source.base64, MAX_LIKED_IMAGE_BYTES);
    return { kind: "bytes", field, sourceKind: "BASE64", bytes };
  }
  if (source.url != null) {
    const { url } = source;
    const codes = ["URL_NOT_ALLOWED", "URL_NOT_REACHABLE", "LIMIT_EXCEEDED"] as const;
    const bytes = await blameField("source.url", codes, () => remoteFiles.fetchImage(url, stop));
    return { kind: "bytes", field: "source.url", sourceKind: "URL", bytes };
  }
  const field = "source.uploadId";
  const missing = new InputError("UPLOAD_NOT_FOUND", field, "No upload has this id.");
  const upload = await uploads.find(source.uploadId);
  if (upload === undefined) throw missing;
  if (upload.sizeBytes > MAX_LIKED_IMAGE_BYTES) {
    const message = `The upload holds ${upload.sizeBytes} bytes: a liked image takes at most ${MAX_LIKED_IMAGE_BYTES}.`;
    throw new InputError("LIMIT_EXCEEDED", field, message);
  }
  const bytes = await uploads.read(upload.id);
  // Another call has kept the same picture meanwhile, and needs its upload no more.
  if (bytes === undefined) throw missing;
  return { kind: "bytes", field, sourceKind: "UPLOAD", bytes };
}
