import { RAMP_SLOPE, type Weights } from "@facet/interest-attention/training";
import { tensor1d } from "@tensorflow/tfjs-core";
import { leastOf } from "./least-of.js";

/** Fitted to a handful of videos, a calibration would be an accident. */
export const FEWEST_TO_CALIBRATE = 50;

/** One video as weights score it, and which of its frames are right. */
export interface JudgedVideo {
  readonly logits: Float32Array;
  readonly interestWeights: Float32Array;
  readonly right: readonly boolean[];
  /** Number of the kind of picture that the likes are of. */
  readonly kind: number;
}

/** The numbers that make a scorer's probabilities come true. They keep the order of the interest weights. */
export interface Calibration {
  /** By how much the frame that coincides best stands out: in any case, and for each unit above the video's mean. At least 0. */
  readonly lead: { readonly always: number; readonly perMargin: number };
  /** What the interest weights are multiplied by, for each kind of picture. Above 0. */
  readonly sharpness: readonly number[];
}

const LEAD = "interest/lead";
const SHARPNESS = "interest/sharpness";

const ALWAYS = { lowest: 0, highest: 12, rounds: 12 };
const PER_MARGIN = { lowest: 0, highest: 3, rounds: 10 };
const LOG_SHARPNESS = { lowest: Math.log(0.1), highest: Math.log(10), rounds: 18 };

/** What a video's logits become under a calibration is a line, and then the ramp. */
interface CalibrationLine {
  /** `[frame]`: w1 X without lead, at a sharpness of 1. */
  readonly without: Float64Array;
  /** `[frame]`: what a lead of 1 adds to it. */
  readonly perLead: Float64Array;
  /** By how much the best frame's coincidence is above the mean. */
  readonly margin: number;
  readonly right: readonly boolean[];
}

/**
 * Finds lead and sharpness under which the hits and misses of validation videos are likeliest. A sharpness alone, which
 * is temperature scaling (Guo et al. 2017), cannot do it: where several frames are right they share their probability,
 * where one is they do not. Kinds of picture with too few videos get the sharpness of all.
 *
 * @param judge the validation videos as the weights score them, always in one order
 * @returns     the calibrated weights, as they were where there are too few videos; those that were given stay as they are
 */
export async function calibrate(
  weights: Weights,
  judge: (weights: Weights) => Promise<readonly JudgedVideo[]>,
): Promise<{ readonly weights: Weights; readonly calibration: Calibration }> {
  const kinds = (await calibrationOf(weights)).sharpness.length;
  const judgeWith = async (always: number) => {
    const applied = withCalibration(weights, {
      lead: { always, perMargin: 0 },
      sharpness: Array<number>(kinds).fill(1),
    });
    const judged = await judge(applied);
    for (const name of [LEAD, SHARPNESS]) applied.get(name)?.dispose();
    return judged;
  };
  const bare = await judgeWith(0);
  if (bare.length < FEWEST_TO_CALIBRATE) return { weights, calibration: await calibrationOf(weights) };
  const led = await judgeWith(1);
  const [b1 = 0] = (await weights.get("cover/b1")?.data()) ?? [];
  const lines = bare.map((video, n) => lineOf(video, led[n] ?? video, b1));

  const parts = Array.from({ length: kinds }, (_, kind) => lines.filter((_, n) => bare[n]?.kind === kind)).map(
    (part) => (part.length < FEWEST_TO_CALIBRATE ? lines : part),
  );
  const calibrationWith = (lead: Calibration["lead"]): Calibration => ({
    lead,
    sharpness: parts.map((part) => Math.exp(leastOf(LOG_SHARPNESS, (log) => surprise(part, lead, Math.exp(log), b1)))),
  });
  const costOf = (lead: Calibration["lead"]) => {
    const { sharpness } = calibrationWith(lead);
    return parts.reduce((sum, part, kind) => sum + part.length * surprise(part, lead, sharpness[kind] ?? 1, b1), 0);
  };
  const bestPerMargin = (always: number) => leastOf(PER_MARGIN, (perMargin) => costOf({ always, perMargin }));
  const always = leastOf(ALWAYS, (candidate) => costOf({ always: candidate, perMargin: bestPerMargin(candidate) }));
  const calibration = calibrationWith({ always, perMargin: bestPerMargin(always) });
  return { weights: withCalibration(weights, calibration), calibration };
}

/** As weights hold it. */
export async function calibrationOf(weights: Weights): Promise<Calibration> {
  const numbersOf = async (name: string) => [...((await weights.get(name)?.data<"float32">()) ?? [])];
  const [always = 0, perMargin = 0] = await numbersOf(LEAD);
  return { lead: { always, perMargin }, sharpness: await numbersOf(SHARPNESS) };
}

/** New tensors for the calibration alone; those that were given stay as they are. */
export function withCalibration(weights: Weights, { lead, sharpness }: Calibration): Weights {
  const made = [
    [LEAD, tensor1d([lead.always, lead.perMargin])],
    [SHARPNESS, tensor1d([...sharpness])],
  ] as const;
  return new Map([...weights, ...made]);
}

function lineOf(bare: JudgedVideo, led: JudgedVideo, b1: number): CalibrationLine {
  const { interestWeights, right } = bare;
  const without = Float64Array.from(bare.logits, (z) => beforeRamp(z) - b1);
  const perLead = Float64Array.from(led.logits, (z, j) => beforeRamp(z) - b1 - (without[j] ?? 0));
  const mean = interestWeights.reduce((sum, weight) => sum + weight, 0) / interestWeights.length;
  return { without, perLead, margin: Math.max(...interestWeights) - mean, right };
}

/** Mean of -log of what happened: of the chosen frame's probability where it is right, of the rest where it is not. */
function surprise(
  lines: readonly CalibrationLine[],
  { always, perMargin }: Calibration["lead"],
  sharpness: number,
  b1: number,
): number {
  let total = 0;
  for (const { without, perLead, margin, right } of lines) {
    const lead = always + perMargin * margin;
    const logitOf = (j: number) => ramp(sharpness * ((without[j] ?? 0) + lead * (perLead[j] ?? 0)) + b1);
    let chosen = 0;
    let top = logitOf(0);
    // The sum of exp(z - top), kept as the top rises: this is asked some hundred thousand times.
    let sum = 1;
    for (let j = 1; j < without.length; j++) {
      const logit = logitOf(j);
      if (logit > top) [sum, top, chosen] = [sum * Math.exp(top - logit) + 1, logit, j];
      else sum += Math.exp(logit - top);
    }
    total -= Math.log((right[chosen] === true ? 1 / sum : 1 - 1 / sum) + 1e-9);
  }
  return total / lines.length;
}

function ramp(x: number): number {
  return x >= 0 ? x : RAMP_SLOPE * x;
}

function beforeRamp(z: number): number {
  return z >= 0 ? z : z / RAMP_SLOPE;
}
