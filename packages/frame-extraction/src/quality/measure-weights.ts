import type { FrameQuality } from "@facet/domain";

/**
 * What a measure adds to the log-odds: straight lines between the points, the end points' values beyond them. The best
 * point of every measure is 0, so that points are what a fault takes away.
 */
export interface MeasureWeights {
  /** `ratio`: the lines are straight over the measure's logarithm, as the eye judges blur. The first value is then above 0. */
  readonly scale: "linear" | "ratio";
  /** Value of the measure and its log-odds, by rising values. */
  readonly points: readonly (readonly [value: number, logOdds: number])[];
}

export interface QualityWeights {
  /** Log-odds of a picture without any fault. */
  readonly faultless: number;
  readonly measures: Readonly<Record<keyof FrameQuality, MeasureWeights>>;
}
