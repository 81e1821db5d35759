/** What a video may ask of the machine. Beyond a limit it is refused with VideoLimitError. */
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
