import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { UnreadableVideoError, VideoLimitError } from "./video-errors.js";

/** A video's file as it is handed to ffmpeg and as it is named to people. */
export interface SourceFile {
  /** `file:` and the absolute path: a name such as `concat:a|b` or `-i` must not be taken for a protocol or an option. */
  readonly url: string;
  /** The name without its folder, for messages. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** @throws UnreadableVideoError where there is no such file or it is empty; VideoLimitError where it is too large */
export async function openSource(file: string, maxBytes: number): Promise<SourceFile> {
  const name = basename(file);
  const found = await stat(file).catch((cause: unknown) => {
    throw new UnreadableVideoError(name, "there is no such file", { cause });
  });
  if (!found.isFile()) throw new UnreadableVideoError(name, "it is not a file");
  if (found.size === 0) throw new UnreadableVideoError(name, "it is empty");
  if (found.size > maxBytes) {
    throw new VideoLimitError(name, `has ${found.size} bytes; the limit is ${maxBytes}`);
  }
  return { url: `file:${resolve(file)}`, name, sizeBytes: found.size };
}
