import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseImageHash, type ImageHash } from "@facet/domain";
import type { EncodedImage } from "@facet/feature-encoder";
import { RecordStore } from "../features/record-store.js";

/** Raised when frame-extraction chooses other frames, so that what was chosen before is not taken for what it chooses now. */
const RULES_VERSION = 2;

/** A frame of a video that is known by its feature. */
export interface KnownFrame {
  /** Names the video and the frame in it; no picture has this hash. */
  readonly key: ImageHash;
  readonly timestampMs: number;
  readonly shot: number;
  readonly feature: Float32Array;
}

export interface EncodedFrame extends Pick<EncodedImage, "feature"> {
  readonly timestampMs: number;
  readonly shot: number;
}

type Listing = readonly { readonly timestampMs: number; readonly shot: number }[];

/**
 * Frames of videos on disk, by what was looked for in which bytes: the video's hash, the rules of choosing, and the
 * encoder's version. A video's features are written before the list of its frames, so that a list is never without them.
 */
export class VideoFramesCache {
  private constructor(
    private readonly folder: string,
    private readonly features: RecordStore,
  ) {}

  /** @param cacheFolder the cache's folder, shared by all encoders */
  static async open(
    cacheFolder: string,
    encoder: { readonly version: string; readonly width: number },
  ): Promise<VideoFramesCache> {
    const folder = join(cacheFolder, `video-frames-${RULES_VERSION}`, encoder.version);
    await mkdir(join(folder, "lists"), { recursive: true });
    return new VideoFramesCache(folder, await RecordStore.open(folder, encoder.width));
  }

  /** @param what `targets`, or a time in ms */
  async get(video: ImageHash, what: string): Promise<KnownFrame[] | undefined> {
    let listing: Listing;
    try {
      listing = JSON.parse(await readFile(this.#list(video, what), "utf8")) as Listing; // written by `add` alone
    } catch {
      return undefined; // not known, or not whole: it is looked for again
    }
    const frames = listing.flatMap((frame) => {
      const key = keyOf(video, frame.timestampMs);
      const feature = this.features.get(key);
      return feature ? [{ ...frame, key, feature }] : [];
    });
    return frames.length === listing.length ? frames : undefined;
  }

  async add(video: ImageHash, what: string, frames: readonly EncodedFrame[]): Promise<KnownFrame[]> {
    const known = frames.map((frame) => ({ ...frame, key: keyOf(video, frame.timestampMs) }));
    await this.features.append(
      known.filter(({ key }) => !this.features.has(key)).map(({ key, feature }) => ({ key, numbers: feature })),
    );
    const listing: Listing = frames.map(({ timestampMs, shot }) => ({ timestampMs, shot }));
    const file = this.#list(video, what);
    const beside = `${file}.${process.pid}.tmp`;
    await writeFile(beside, JSON.stringify(listing));
    await rename(beside, file);
    return known;
  }

  close(): Promise<void> {
    return this.features.close();
  }

  #list(video: ImageHash, what: string): string {
    return join(this.folder, "lists", `${video}-${what}.json`);
  }
}

function keyOf(video: ImageHash, timestampMs: number): ImageHash {
  return parseImageHash(createHash("sha256").update(`${video} frame at ${timestampMs} ms`).digest("hex"));
}
