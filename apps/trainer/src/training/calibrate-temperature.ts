import type { Weights } from "@facet/interest-attention";
import { div } from "@tensorflow/tfjs-core";

/** One video's logits, and which frames are right. */
export interface JudgedLogits {
  readonly logits: Float32Array;
  readonly right: readonly boolean[];
}

const RANGE = { lowest: 0.1, highest: 10 };
const ROUNDS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * What to divide logits by so that the chosen frame's probability is how often it is right (temperature scaling, Guo et
 * al. 2017): the divisor under which the hits and misses of validation videos are likeliest. Training sums the
 * probabilities of all right frames, and so leaves the chosen one's too small where several are right. Golden-section
 * search over the divisor's logarithm.
 */
export function calibrateTemperature(judged: readonly JudgedLogits[]): number {
  let low = Math.log(RANGE.lowest);
  let high = Math.log(RANGE.highest);
  for (let round = 0; round < ROUNDS; round++) {
    const first = high - GOLDEN * (high - low);
    const second = low + GOLDEN * (high - low);
    if (surprise(judged, Math.exp(first)) < surprise(judged, Math.exp(second))) high = second;
    else low = first;
  }
  return Math.exp((low + high) / 2);
}

/**
 * Puts the temperature into the first fully connected layer: f(c x) = c f(x) for its leaky ramp, so dividing `w1` and
 * `b1` divides every logit, and exp(z_j) / sum of exp(z_k) stays the whole of the probability.
 */
export function applyTemperature(weights: Weights, temperature: number): Weights {
  return new Map(
    [...weights].map(([name, weight]) => [name, name.startsWith("cover/") ? div(weight, temperature) : weight]),
  );
}

/** Mean of -log of what happened: of the chosen frame's probability where it is right, of the rest where it is not. */
function surprise(judged: readonly JudgedLogits[], temperature: number): number {
  const sum = judged.reduce((total, { logits, right }) => {
    const top = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const all = logits.reduce((a, logit) => a + Math.exp((logit - top) / temperature), 0);
    const probability = 1 / all;
    const isHit = right[logits.indexOf(top)] === true;
    return total - Math.log((isHit ? probability : 1 - probability) + 1e-9);
  }, 0);
  return sum / judged.length;
}
