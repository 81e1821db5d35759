import type { FrameQuality } from "@facet/domain";

/** Mean luma below which a picture reads as black on a page of covers. */
const DARK = 0.09;
const BLOWN_OUT = 0.95;
/** A flat picture: one colour, or noise on it. */
const FLAT_CONTRAST = 0.025;
const FLAT_UNIFORMITY = 0.93;
/** See FrameQuality: below this a person calls it blurred. */
const BLURRED = 0.0005;
/** Text on a plain ground: most pixels are one grey, and yet there are hard edges. */
const CARD_UNIFORMITY = 0.6;
/** Text over anything. One in a hundred photographs has as much that looks like it. */
const CARD_TEXT = 0.015;

/** What is wrong with a frame as a cover, the worst first. */
export type FrameFault = "blank" | "dark" | "blurred" | "card";

/** @returns the worst fault, or undefined for a frame that is fit */
export function findFault(quality: FrameQuality): FrameFault | undefined {
  if (quality.contrast < FLAT_CONTRAST || quality.uniformity > FLAT_UNIFORMITY) return "blank";
  if (quality.brightness < DARK || quality.brightness > BLOWN_OUT) return "dark";
  if (quality.sharpness < BLURRED) return "blurred";
  if (quality.uniformity > CARD_UNIFORMITY || quality.text > CARD_TEXT) return "card";
  return undefined;
}
