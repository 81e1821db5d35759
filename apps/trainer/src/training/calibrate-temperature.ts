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
 * What to divide logits by so that probabilities come true (temperature scaling, Guo et al. 2017): the divisor under
 * which the right frames of validation videos are likeliest. Golden-section search over its logarithm.
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

/** Mean of -log of the right frames' summed probability. */
function surprise(judged: readonly JudgedLogits[], temperature: number): number {
  const sum = judged.reduce((total, { logits, right }) => {
    const top = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = Array.from(logits, (logit) => Math.exp((logit - top) / temperature));
    const all = powers.reduce((a, b) => a + b, 0);
    const hit = powers.reduce((a, b, i) => a + (right[i] === true ? b : 0), 0);
    return total - Math.log(hit / all + 1e-9);
  }, 0);
  return sum / judged.length;
}
