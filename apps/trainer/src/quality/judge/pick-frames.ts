import { extractFrames, qualityScore, type ExtractedFrame, type FfmpegTools } from "@facet/frame-extraction";
import type { Random } from "../../random.js";
import { scoreByEye } from "../fit/score-by-eye.js";
import { pickByThumbnailFilter } from "./pick-by-thumbnail.js";

/** Ways to pick a cover without knowing the viewer. */
export const PICK_METHODS = {
  random: "random",
  first: "first",
  middle: "middle",
  thumbnail100: "thumbnail (100)",
  thumbnail: "thumbnail (all)",
  sharpest: "sharpest",
  scoreAlone: "score alone",
  byEye: "set by eye",
  facet: "facet",
} as const;

export type PickMethod = keyof typeof PICK_METHODS;

export interface Pick {
  readonly timestampMs: number;
  /** JPEG or PNG */
  readonly picture: Uint8Array;
}

/** Frames that the methods without a rule choose from: so many, evenly over the video. */
const LOOKED_AT = 48;

/**
 * Lets every method pick a frame of one video. `facet` is what a newcomer is shown: the best score among the targets of
 * the shots rule. `set by eye` picks among the same targets by the formula of before; `score alone` picks by the score
 * among frames that no rule chose. The thumbnail filter is ffmpeg's own, once as it is run by default, on the first
 * hundred frames, and once on all.
 *
 * @param frameCount of the video, as far as known
 */
export async function pickFrames(
  file: string,
  durationMs: number,
  frameCount: number,
  tools: FfmpegTools,
  random: Random,
): Promise<Record<PickMethod, Pick>> {
  const seconds = Math.max(0.04, durationMs / 1000 / LOOKED_AT);
  const looked = await collect(extractFrames(file, { ffmpeg: tools, rule: { kind: "interval", seconds } }));
  const targets = await collect(extractFrames(file, { ffmpeg: tools }));
  const score = ({ quality }: ExtractedFrame): number => qualityScore(quality);
  const [all, hundred] = [
    await pickByThumbnailFilter(file, tools, frameCount),
    await pickByThumbnailFilter(file, tools, 100),
  ];
  return {
    random: toPick(random.pick(looked)),
    first: toPick(nth(looked, 0)),
    middle: toPick(nth(looked, Math.floor(looked.length / 2))),
    thumbnail100: { timestampMs: hundred.timestampMs, picture: hundred.png },
    thumbnail: { timestampMs: all.timestampMs, picture: all.png },
    sharpest: toPick(best(looked, ({ quality }) => quality.sharpness)),
    scoreAlone: toPick(best(looked, score)),
    byEye: toPick(best(targets, ({ quality }) => scoreByEye(quality))),
    facet: toPick(best(targets, score)),
  };
}

function best(frames: readonly ExtractedFrame[], score: (frame: ExtractedFrame) => number): ExtractedFrame {
  return frames.reduce((top, frame) => (score(frame) > score(top) ? frame : top), nth(frames, 0));
}

function nth(frames: readonly ExtractedFrame[], at: number): ExtractedFrame {
  const frame = frames[at];
  if (!frame) throw new Error("A video gave no frame to pick from.");
  return frame;
}

function toPick({ timestampMs, jpeg }: ExtractedFrame): Pick {
  return { timestampMs, picture: jpeg };
}

async function collect(frames: AsyncIterable<ExtractedFrame>): Promise<ExtractedFrame[]> {
  const all: ExtractedFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}
