import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../graphql/user-errors.js";
import type { RemoteFiles } from "../remote-file/index.js";
import { unlessMissing } from "../upload/unless-missing.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { MediaRoot } from "./media-root.js";
import type { VideoSource } from "./video-sources.js";

const STALE_AFTER_MS = 24 * 60 * 60 * 1000;

/** A source's bytes as a file, for as long as an ingest needs them. */
export interface SourceFile {
  readonly path: string;
  /** To be called when the file is needed no more: one that was fetched goes. */
  release(): Promise<void>;
}

export interface SourceFileParts {
  readonly uploads: UploadStore;
  readonly mediaRoot: MediaRoot;
  readonly remoteFiles: RemoteFiles;
  /** Where fetched files are while they are needed. */
  readonly folder: string;
  /** Of a fetched file, at most. */
  readonly maxBytes: number;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** How much of a file that has to be fetched is here: 0..1; not told where its size is not known. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Brings the bytes of sources to where ffmpeg can read them: uploads and the media root are there, addresses are fetched. */
export class SourceFiles {
  private constructor(private readonly parts: SourceFileParts) {}

  /** Sweeps up what a killed process left. */
  static async open(parts: SourceFileParts): Promise<SourceFiles> {
    await mkdir(parts.folder, { recursive: true });
    for (const name of await readdir(parts.folder)) {
      const left = join(parts.folder, name);
      // Another process of the same folder may be reading it right now; no ingest takes this long.
      const age = Date.now() - (await stat(left).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > STALE_AFTER_MS) await rm(left, { force: true });
    }
    return new SourceFiles(parts);
  }

  /** @throws InputError where the file is gone; UrlNotAllowedError, UrlNotReachableError, RemoteFileTooLargeError */
  async open({ sourceKind, sourceRef }: VideoSource, { signal, onProgress }: FetchOptions): Promise<SourceFile> {
    const { uploads, mediaRoot, remoteFiles, folder, maxBytes } = this.parts;
    switch (sourceKind) {
      case "UPLOAD":
        if ((await stat(uploads.pathOf(sourceRef)).catch(unlessMissing)) === undefined) {
          throw new InputError("UPLOAD_NOT_FOUND", "source.uploadId", "The file that was uploaded is no longer there.");
        }
        return keptFile(uploads.pathOf(sourceRef));
      case "PATH":
        return keptFile(await mediaRoot.resolve(sourceRef));
      case "URL": {
        const path = join(folder, randomUUID());
        await remoteFiles.download(sourceRef, path, {
          ...{ maxBytes, signal },
          onProgress: (bytes, of) => {
            if (of !== undefined && of > 0) onProgress?.(bytes / of);
          },
        });
        return { path, release: () => rm(path, { force: true }) };
      }
    }
  }
}

function keptFile(path: string): SourceFile {
  return { path, release: () => Promise.resolve() };
}
