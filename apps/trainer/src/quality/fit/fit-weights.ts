import type { FrameQuality } from "@facet/domain";
import type { MeasureWeights, QualityWeights } from "@facet/frame-extraction";
import { MEASURE_SHAPES, passStretches, type MeasureShape } from "./measure-shapes.js";
import { isSound, weighExamples, type QualityExample } from "./quality-example.js";

const STEPS = 3000;
/** Steps end where none moves a weight by more. */
const SETTLED = 1e-5;

/**
 * Logistic regression of sound against spoiled on the measures, each bearing on the log-odds by straight lines between
 * its knots. The height of each stretch may only have the sign that the measure's shape allows, and is drawn towards 0
 * by L2 and towards its neighbours' heights, so that a stretch in which little lies makes no step of its own. Convex:
 * there is one answer, whatever it starts from; it is reached by accelerated projected gradients (Beck and Teboulle 2009).
 *
 * @param l2 weight of half the summed squares of the heights, and of the differences between neighbours, against the
 *   mean log-loss
 */
export function fitWeights(examples: readonly QualityExample[], l2: number): QualityWeights {
  const shapes = Object.entries(MEASURE_SHAPES) as [keyof FrameQuality, MeasureShape][];
  const rows = examples.map(({ quality }) =>
    Float64Array.from(shapes.flatMap(([measure, shape]) => passStretches(shape, quality[measure]))),
  );
  const sound = examples.map((example) => (isSound(example) ? 1 : 0));
  const signs = shapes.flatMap(([, { knots, best }]) => knots.slice(1).map((_, stretch) => (stretch < best ? 1 : -1)));
  // A measure's stretches are neighbours of each other, but not of the next measure's, nor across the best knot.
  const neighbours = shapes.flatMap(([, { knots, best }]) =>
    knots.slice(1).map((_, stretch) => stretch > 0 && stretch !== best),
  );
  const { bias, heights } = descend(rows, sound, weighExamples(examples), { signs, neighbours, l2 });

  let faultless = bias;
  let first = 0;
  const measures = shapes.map(([measure, { scale, knots }]): [string, MeasureWeights] => {
    let height = 0;
    const sums = knots.map((_, knot) => (height += knot === 0 ? 0 : (heights[first + knot - 1] ?? 0)));
    first += knots.length - 1;
    const best = Math.max(...sums);
    faultless += best;
    return [measure, { scale, points: knots.map((knot, at) => [knot, (sums[at] ?? 0) - best]) }];
  });
  return { faultless, measures: Object.fromEntries(measures) as QualityWeights["measures"] };
}

interface Bounds {
  /** 1 or -1 a stretch: which way it may go. */
  readonly signs: readonly number[];
  /** Whether a stretch goes on where the one before it ends. */
  readonly neighbours: readonly boolean[];
  readonly l2: number;
}

function descend(
  rows: readonly Float64Array[],
  sound: readonly number[],
  weights: readonly number[],
  { signs, neighbours, l2 }: Bounds,
): { bias: number; heights: Float64Array } {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // The curvature of the log-loss is at most a quarter of the mean squared length of a row, the bias counted in.
  const lengths = rows.map((row, at) => (weights[at] ?? 0) * row.reduce((sum, value) => sum + value * value, 1));
  const step = 1 / (lengths.reduce((sum, length) => sum + length, 0) / total / 4 + 5 * l2);

  let bias = 0;
  let heights = new Float64Array(signs.length);
  let ahead = { bias, heights };
  let momentum = 1;
  for (let round = 0; round < STEPS; round++) {
    const slope = new Float64Array(signs.length);
    let biasSlope = 0;
    for (const [at, row] of rows.entries()) {
      let logOdds = ahead.bias;
      for (let place = 0; place < row.length; place++) logOdds += (row[place] ?? 0) * (ahead.heights[place] ?? 0);
      const error = ((weights[at] ?? 0) / total) * (1 / (1 + Math.exp(-logOdds)) - (sound[at] ?? 0));
      biasSlope += error;
      for (let place = 0; place < row.length; place++) slope[place] = (slope[place] ?? 0) + error * (row[place] ?? 0);
    }
    const unevenness = (place: number): number =>
      neighbours[place] === true ? (ahead.heights[place] ?? 0) - (ahead.heights[place - 1] ?? 0) : 0;
    const next = ahead.heights.map((height, place) => {
      const drawn = l2 * (height + unevenness(place) - unevenness(place + 1));
      const moved = height - step * ((slope[place] ?? 0) + drawn);
      return moved * (signs[place] ?? 1) > 0 ? moved : 0;
    });
    const nextBias = ahead.bias - step * biasSlope;
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const carry = (momentum - 1) / nextMomentum;
    const before = heights;
    const moved = Math.max(
      Math.abs(nextBias - bias),
      ...next.map((height, at) => Math.abs(height - (before[at] ?? 0))),
    );
    ahead = {
      bias: nextBias + carry * (nextBias - bias),
      heights: next.map((height, at) => height + carry * (height - (before[at] ?? 0))),
    };
    [bias, heights, momentum] = [nextBias, next, nextMomentum];
    if (moved < SETTLED) break;
  }
  return { bias, heights };
}
