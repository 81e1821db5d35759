import type { FrameQuality } from "@facet/domain";
import type { MeasureWeights, QualityWeights } from "./measure-weights.js";
import { QualityValueError } from "./quality-errors.js";
import { QUALITY_WEIGHTS } from "./quality-weights.js";

/** The most that the unsafe score takes from the log-odds: a choice, not fitted, for there is nothing here to fit it on. */
const UNSAFE_LOG_ODDS = 4;

/** The most that a measure can be, where a caller may have it on another scale. */
const MOST: Readonly<Record<keyof FrameQuality, number>> = {
  ...{ brightness: 1, contrast: 1, uniformity: 1, clipping: 1, smear: 1, detail: 1, text: 1, steadiness: 1 },
  ...{ sharpness: Infinity, colourfulness: Infinity, noise: Infinity },
};

/**
 * How good a cover a picture is where nothing is known of the viewer: 0..1, higher is better. It is about the probability
 * that a picture with such measures is sound rather than spoiled, where either is as likely:
 *
 *     score = 1 / (1 + exp(-(faultless + sum of each measure's log-odds - 4 unsafe²)))
 *
 * The weights were fitted on photographs and on spoiled copies of them: see quality-weights.ts. So the score knows blur,
 * darkness, glare, haze, noise, flatness, fades and titles; it does not know what people like to look at.
 *
 * @param quality     finite, 0 or more; all but sharpness, colourfulness and noise at most 1
 * @param unsafeScore 0..1, where an encoder gave one: it lowers the score smoothly, long before a frame is set aside
 * @param weights     others than the shipped ones, for fitting and judging
 * @throws QualityValueError
 */
export function qualityScore(
  quality: FrameQuality,
  unsafeScore = 0,
  weights: QualityWeights = QUALITY_WEIGHTS,
): number {
  check("unsafeScore", unsafeScore, 1);
  let logOdds = weights.faultless - UNSAFE_LOG_ODDS * unsafeScore ** 2;
  for (const [name, { scale, points }] of Object.entries(weights.measures)) {
    const measure = name as keyof FrameQuality;
    check(measure, quality[measure], MOST[measure]);
    logOdds += interpolate(points, quality[measure], scale);
  }
  return 1 / (1 + Math.exp(-logOdds));
}

function check(measure: string, value: number, most: number): void {
  if (!(Number.isFinite(value) && value >= 0 && value <= most)) throw new QualityValueError(measure, value, most);
}

function interpolate(points: MeasureWeights["points"], value: number, scale: MeasureWeights["scale"]): number {
  const above = points.findIndex(([x]) => x > value);
  const right = points[above];
  const left = points[above - 1];
  if (!right) return points.at(-1)?.[1] ?? 0;
  if (!left) return right[1];
  const place = (x: number): number => (scale === "ratio" ? Math.log(x) : x);
  const share = (place(value) - place(left[0])) / (place(right[0]) - place(left[0]));
  return left[1] + share * (right[1] - left[1]);
}
