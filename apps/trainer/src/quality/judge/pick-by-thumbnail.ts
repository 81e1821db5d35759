import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FfmpegTools } from "@facet/frame-extraction";

const run = promisify(execFile);

/** The filter holds all frames that it compares in memory, so they are made small, and are no more than this. */
const MOST_FRAMES = 1000;
const WIDTH = 480;

export interface ThumbnailPick {
  readonly timestampMs: number;
  readonly png: Uint8Array;
}

/**
 * The frame that ffmpeg's own `thumbnail` filter picks: the one whose histogram is nearest to the mean histogram.
 *
 * @param batch frames that it picks one from; the filter's default is 100. Of a longer video the first batch counts.
 */
export async function pickByThumbnailFilter(file: string, tools: FfmpegTools, batch: number): Promise<ThumbnailPick> {
  const filter = `scale=${WIDTH}:-2,thumbnail=${Math.min(batch, MOST_FRAMES)},showinfo`;
  const { stdout, stderr } = await run(
    tools.ffmpegPath,
    [
      ...["-hide_banner", "-nostdin", "-nostats", "-i", file, "-vf", filter, "-frames:v", "1"],
      ...["-c:v", "png", "-f", "image2pipe", "pipe:1"],
    ],
    { encoding: "buffer", maxBuffer: 20_000_000 },
  );
  const seconds = /pts_time: *([\d.]+)/.exec(stderr.toString())?.[1];
  if (seconds === undefined) throw new Error(`ffmpeg's thumbnail filter gave no frame of ${file}.`);
  return { timestampMs: Math.round(Number(seconds) * 1000), png: new Uint8Array(stdout) };
}
