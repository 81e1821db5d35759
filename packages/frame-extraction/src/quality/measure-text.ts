import type { LumaPicture } from "./luma-picture.js";
import { measureLargeLetters } from "./large-letters.js";
import { measureLinesOfText } from "./lines-of-text.js";

/**
 * Share of the picture that strokes of writing cover: lines of small writing and large letters, whichever way round they
 * stand out. It looks at how strokes lie, not at what they say, so that any script counts, and so do railings, piano
 * keys and other things that look like writing. A rule of thumb of this project, held against made title cards.
 */
export function measureText(picture: LumaPicture): number {
  return Math.min(1, measureLinesOfText(picture) + measureLargeLetters(picture));
}
