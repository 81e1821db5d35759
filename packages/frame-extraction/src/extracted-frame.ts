import type { FrameQuality } from "@facet/domain";

/** A target candidate: one decoded frame that the rule chose. */
export interface ExtractedFrame {
  /** Number of the decoded frame, from 0: the candidate set is all of them. */
  readonly index: number;
  /** The stream's own time in ms since the start of the file. */
  readonly timestampMs: number;
  /** Number of the shot that it belongs to, from 0. */
  readonly shot: number;
  /** Of the JPEG: as shown, after rotation and with square pixels. */
  readonly width: number;
  readonly height: number;
  readonly jpeg: Uint8Array;
  /** [224,224,3] RGB, 0..255: the whole frame, squashed. */
  readonly rgb: Uint8Array;
  readonly quality: FrameQuality;
}
