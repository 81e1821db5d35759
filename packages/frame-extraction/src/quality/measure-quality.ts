import type { FrameQuality } from "@facet/domain";
import { toLuma } from "./luma-picture.js";
import { laplacianVariance, measureNoise, measureSmear } from "./measure-detail.js";
import { measureDetail, measureTones } from "./measure-tones.js";
import { measureText } from "./measure-text.js";
import { RgbSizeError } from "./quality-errors.js";

/**
 * Measures a picture. The measures are comparable between pictures of one size only; the service takes 224 x 224 px.
 * Of a single picture nothing is known before and after: its steadiness is 1.
 *
 * @param rgb [height,width,3], 0..255
 * @param width  a whole number of px, from 3
 * @param height a whole number of px, from 3
 * @throws RgbSizeError where the length does not fit the size, or a side is none of these
 */
export function measureQuality(rgb: Uint8Array, width: number, height: number): FrameQuality {
  if (rgb.length !== width * height * 3 || !isSide(width) || !isSide(height)) {
    throw new RgbSizeError(rgb.length, width, height);
  }
  const picture = toLuma(rgb, width, height);
  return {
    ...measureTones(picture.luma),
    sharpness: laplacianVariance(picture),
    colourfulness: colourfulness(rgb),
    noise: measureNoise(picture),
    smear: measureSmear(picture),
    detail: measureDetail(picture),
    text: measureText(picture),
    steadiness: 1,
  };
}

function isSide(length: number): boolean {
  return Number.isInteger(length) && length >= 3;
}

/** Hasler and Suesstrunk (2003), "Measuring colourfulness in natural images", divided by 255. */
function colourfulness(rgb: Uint8Array): number {
  let redGreen = 0;
  let yellowBlue = 0;
  let squares = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const red = rgb[at] ?? 0;
    const green = rgb[at + 1] ?? 0;
    const rg = red - green;
    const yb = (red + green) / 2 - (rgb[at + 2] ?? 0);
    redGreen += rg;
    yellowBlue += yb;
    squares += rg * rg + yb * yb;
  }
  const count = rgb.length / 3;
  const meanSquared = (redGreen / count) ** 2 + (yellowBlue / count) ** 2;
  const deviation = Math.sqrt(Math.max(0, squares / count - meanSquared));
  return (deviation + 0.3 * Math.sqrt(meanSquared)) / 255;
}
