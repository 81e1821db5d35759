import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ShownCover } from "./shown-covers.js";

/** An entry of `covers.json`. */
export interface WrittenCover {
  readonly videoId: string;
  readonly userId: string;
  /** `image` is the name of a JPEG file beside `covers.json`. */
  readonly frame: { readonly index: number; readonly timestampMs: number; readonly image: string };
  readonly basis: string;
  readonly probability: number;
  readonly candidates: readonly {
    readonly index: number;
    readonly timestampMs: number;
    readonly interestWeight: number;
    readonly probability: number;
  }[];
}

/** Writes `covers.json` and the picture of every cover beside it. */
export async function writeCovers(covers: readonly ShownCover[], folder: string): Promise<void> {
  const entries = covers.map(describe);
  await Promise.all(covers.map(({ jpeg }, index) => writeFile(join(folder, entries[index]?.frame.image ?? ""), jpeg)));
  await writeFile(join(folder, "covers.json"), `${JSON.stringify(entries, null, 2)}\n`);
}

function describe({ video, viewer, cover }: ShownCover): WrittenCover {
  return {
    videoId: video.id,
    userId: viewer.id,
    frame: {
      index: cover.frame.index,
      timestampMs: cover.frame.timestampMs,
      image: `${video.id}-for-${viewer.id}.jpg`,
    },
    basis: cover.basis,
    probability: cover.probability,
    candidates: cover.candidates.map(({ frame, interestWeight, probability }) => ({
      index: frame.index,
      timestampMs: frame.timestampMs,
      interestWeight,
      probability,
    })),
  };
}
