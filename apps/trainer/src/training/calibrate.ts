import type { Weights } from "@facet/interest-attention/training";
import { div, tensor1d } from "@tensorflow/tfjs-core";

/** One video's logits, and which frames are right. */
export interface JudgedLogits {
  readonly logits: Float32Array;
  readonly right: readonly boolean[];
}

/** The two numbers that make a scorer's probabilities come true. */
export interface Calibration {
  /** What the logits are divided by, above 0. */
  readonly temperature: number;
  /** By how much the frame that coincides best stands out, at least 0. */
  readonly lead: number;
}

const LOG_TEMPERATURES = { lowest: Math.log(0.1), highest: Math.log(10), rounds: 40 };
const LEADS = { lowest: 0, highest: 8, rounds: 7 };
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Finds temperature and lead under which the hits and misses of validation videos are likeliest. A temperature alone
 * cannot do it: where several frames are right they share their probability, where one is they do not.
 *
 * @param judge the validation videos as the weights score them
 * @returns     the calibrated weights, as they were where there is nothing to judge; those that were given stay as they are
 */
export async function calibrate(
  weights: Weights,
  judge: (weights: Weights) => Promise<readonly JudgedLogits[]>,
): Promise<{ readonly weights: Weights; readonly calibration: Calibration }> {
  const judgeLed = async (lead: number) => {
    const led = applyLead(weights, lead);
    const judged = await judge(led);
    led.get(LEAD)?.dispose();
    return judged;
  };
  if ((await judge(weights)).length === 0) return { weights, calibration: { temperature: 1, lead: 0 } };
  const lead = await leastOf(LEADS, async (led) => {
    const judged = await judgeLed(led);
    return surprise(judged, await calibrateTemperature(judged));
  });
  const temperature = await calibrateTemperature(await judgeLed(lead));
  return { weights: applyTemperature(applyLead(weights, lead), temperature), calibration: { temperature, lead } };
}

/**
 * What to divide logits by so that the chosen frame's probability is how often it is right (temperature scaling, Guo et
 * al. 2017): the divisor under which the hits and misses of validation videos are likeliest. Golden-section search over
 * the divisor's logarithm.
 */
export async function calibrateTemperature(judged: readonly JudgedLogits[]): Promise<number> {
  return Math.exp(await leastOf(LOG_TEMPERATURES, (log) => surprise(judged, Math.exp(log))));
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

const LEAD = "interest/lead";

function applyLead(weights: Weights, lead: number): Weights {
  return new Map([...weights, [LEAD, tensor1d([lead])]]);
}

/** Golden-section search. */
async function leastOf(
  range: { readonly lowest: number; readonly highest: number; readonly rounds: number },
  costOf: (x: number) => number | Promise<number>,
): Promise<number> {
  let { lowest, highest } = range;
  for (let round = 0; round < range.rounds; round++) {
    // The two places where to look next.
    const first = highest - GOLDEN * (highest - lowest);
    const second = lowest + GOLDEN * (highest - lowest);
    if ((await costOf(first)) < (await costOf(second))) highest = second;
    else lowest = first;
  }
  return (lowest + highest) / 2;
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
