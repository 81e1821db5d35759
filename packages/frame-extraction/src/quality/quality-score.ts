import type { FrameQuality } from "@facet/domain";
import type { MeasureWeights, QualityWeights } from "./measure-weights.js";
import { QUALITY_WEIGHTS } from "./quality-weights.js";

/** The most that the unsafe score takes from the log-odds: a choice, not fitted, for there is nothing here to fit it on. */
const UNSAFE_LOG_ODDS = 4;

/**
 * How good a cover a picture is where nothing is known of the viewer: 0..1, higher is better. It is about the probability
 * that a picture with such measures is sound rather than spoiled, where either is as likely:
 *
 *     score = 1 / (1 + exp(-(faultless + sum of each measure's log-odds - 4 unsafe²)))
 *
 * The weights were fitted on photographs and on spoiled copies of them: see quality-weights.ts. So the score knows blur,
 * darkness, glare, haze, noise, flatness, fades and titles; it does not know what people like to look at.
 *
 * @param unsafeScore 0..1, where an encoder gave one: it lowers the score smoothly, long before a frame is set aside
 * @param weights     others than the shipped ones, for fitting and judging
 */
export function qualityScore(
  quality: FrameQuality,
  unsafeScore = 0,
  weights: QualityWeights = QUALITY_WEIGHTS,
): number {
  let logOdds = weights.faultless - UNSAFE_LOG_ODDS * unsafeScore ** 2;
  for (const [measure, { scale, points }] of Object.entries(weights.measures)) {
    logOdds += interpolate(points, quality[measure as keyof FrameQuality], scale);
  }
  return 1 / (1 + Math.exp(-logOdds));
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
