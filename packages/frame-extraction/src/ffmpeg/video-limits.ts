import { readLimits, type GivenLimits } from "../limits/read-limits.js";

/**
 * What a video may ask of the machine. Beyond a limit it is refused with VideoLimitError. Each limit is a whole number
 * from 1, or Infinity for none.
 */
export interface VideoLimits {
  /** Bytes of the file. Default 4 GiB. */
  readonly maxBytes: number;
  /** Playing time as the file states it, in ms. Default 6 hours. */
  readonly maxDurationMs: number;
  /** Pixels of one frame. Default 50,000,000: 8K fits. */
  readonly maxPixels: number;
  /**
   * Time spent waiting for the decoder, in ms; a slow consumer does not use it up. Of the processors' time the decoder may
   * take as much for each of its threads. Default 1 hour.
   */
  readonly maxDecodeMs: number;
  /** How long the decoder may be silent while it is waited for, in ms. Default 60 seconds. */
  readonly maxSilenceMs: number;
}

export const DEFAULT_VIDEO_LIMITS: VideoLimits = {
  maxBytes: 4 * 1024 ** 3,
  maxDurationMs: 6 * 3_600_000,
  maxPixels: 50_000_000,
  maxDecodeMs: 3_600_000,
  maxSilenceMs: 60_000,
};

/** Node's timers: a longer one would be over at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The most that `-max_pixels` takes. */
const MOST_PIXELS = 2 ** 31 - 1;

const MOST: VideoLimits = {
  maxBytes: Infinity,
  maxDurationMs: Infinity,
  maxPixels: MOST_PIXELS,
  maxDecodeMs: LONGEST_TIMER_MS,
  maxSilenceMs: LONGEST_TIMER_MS,
};

/** @throws InvalidLimitError */
export function readVideoLimits(given: GivenLimits<VideoLimits> | undefined): VideoLimits {
  return readLimits(given, DEFAULT_VIDEO_LIMITS, MOST);
}
