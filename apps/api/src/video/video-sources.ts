import type { Prisma, Video } from "../generated/prisma/client.js";
import type { VideoSourceInput } from "../generated/resolver-types.js";
import { blameField, InputError } from "../graphql/user-errors.js";
import type { RemoteFiles } from "../remote-file/index.js";
import { holdUpload } from "../upload/upload-holds.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { MediaRoot } from "./media-root.js";

/** Where the bytes of a video come from, as it is kept. */
export type VideoSource = Pick<Video, "sourceKind" | "sourceRef" | "sourceHash">;

/** Looks at the sources that callers name, before anything is written. */
export class VideoSources {
  constructor(
    private readonly uploads: UploadStore,
    private readonly mediaRoot: MediaRoot,
    private readonly remoteFiles: RemoteFiles,
  ) {}

  /** @throws InputError UPLOAD_NOT_FOUND, PATH_NOT_ALLOWED, FILE_NOT_FOUND, URL_NOT_ALLOWED */
  async admit(source: VideoSourceInput): Promise<VideoSource> {
    if (source.path != null)
      return { sourceKind: "PATH", sourceRef: await this.mediaRoot.admit(source.path), sourceHash: null };
    if (source.url != null) {
      const { url } = source;
      const sourceRef = await blameField("source.url", ["URL_NOT_ALLOWED"], () => this.remoteFiles.admit(url));
      return { sourceKind: "URL", sourceRef, sourceHash: null };
    }
    const { uploadId } = source;
    const upload = await this.uploads.find(uploadId);
    if (upload === undefined) throw uploadNotFound(uploadId);
    return { sourceKind: "UPLOAD", sourceRef: upload.id, sourceHash: upload.sha256 };
  }

  /**
   * Keeps a source that was admitted from being removed before the transaction ends that a video's row gets it in.
   *
   * @throws InputError UPLOAD_NOT_FOUND where it is gone: with the last video that needed it, say
   */
  async hold(transaction: Prisma.TransactionClient, { sourceKind, sourceRef }: VideoSource): Promise<void> {
    if (sourceKind !== "UPLOAD") return;
    if (!(await holdUpload(transaction, this.uploads, sourceRef))) throw uploadNotFound(sourceRef);
  }
}

function uploadNotFound(uploadId: string): InputError {
  return new InputError("UPLOAD_NOT_FOUND", "source.uploadId", `No upload "${uploadId}" is here.`);
}

/** The same bytes uploaded twice are one source; of paths and addresses, the path or address is what counts. */
export function isSameSource(a: VideoSource, b: VideoSource): boolean {
  if (a.sourceKind !== b.sourceKind) return false;
  return a.sourceKind === "UPLOAD" ? a.sourceHash === b.sourceHash : a.sourceRef === b.sourceRef;
}
