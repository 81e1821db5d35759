import type { FrameQuality } from "@facet/domain";
import type { MeasureWeights } from "@facet/frame-extraction";

/** How a measure may bear on the score. What it is worth between the knots is fitted; which way it goes is not. */
export interface MeasureShape {
  readonly scale: MeasureWeights["scale"];
  readonly knots: readonly number[];
  /** The more the better up to this knot, the less the better from it on: the first one where less is always better. */
  readonly best: number;
}

const rising = (scale: MeasureWeights["scale"], ...knots: number[]): MeasureShape => ({
  ...{ scale, knots, best: knots.length - 1 },
});
const falling = (scale: MeasureWeights["scale"], ...knots: number[]): MeasureShape => ({ scale, knots, best: 0 });

/** Knots lie where photographs and their spoiled copies do; sharpness and text are felt by ratios. */
export const MEASURE_SHAPES: Readonly<Record<keyof FrameQuality, MeasureShape>> = {
  brightness: { scale: "linear", knots: [0.04, 0.1, 0.2, 0.3, 0.45, 0.6, 0.7, 0.8, 0.92], best: 4 },
  contrast: rising("linear", 0.02, 0.06, 0.1, 0.15, 0.2, 0.25),
  sharpness: rising("ratio", 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03),
  uniformity: falling("linear", 0.15, 0.25, 0.4, 0.6, 0.8, 0.95),
  colourfulness: rising("linear", 0, 0.05, 0.1, 0.2, 0.3),
  clipping: falling("linear", 0, 0.05, 0.2, 0.4, 0.7, 0.9),
  noise: falling("linear", 0.005, 0.01, 0.02, 0.04, 0.08),
  smear: falling("linear", 0.1, 0.25, 0.4, 0.55, 0.7, 0.85),
  detail: rising("linear", 0.1, 0.3, 0.5, 0.7, 0.85, 1),
  text: falling("ratio", 0.001, 0.003, 0.01, 0.03, 0.1),
  steadiness: rising("linear", 0, 0.25, 0.5, 0.75, 1),
};

/** How much of each stretch between two knots lies below the value, 0..1 each. */
export function passStretches({ scale, knots }: MeasureShape, value: number): number[] {
  const place = (x: number): number => (scale === "ratio" ? Math.log(Math.max(x, Number.MIN_VALUE)) : x);
  return knots.slice(1).map((right, at) => {
    const left = knots[at] ?? right;
    return Math.min(1, Math.max(0, (place(value) - place(left)) / (place(right) - place(left))));
  });
}
