import type { World } from "../episodes/episode.js";
import type { MethodKind } from "../methods/method.js";
import type { ReliabilityBin } from "./calibration.js";
import type { Estimate } from "./clustered-bootstrap.js";

/** What an evaluation found, in the form of its JSON file. Means are fractions; low and high bound 95% intervals. */
export interface EvaluationResults {
  /** Per world. */
  readonly viewers: number;
  readonly seed: number;
  readonly results: readonly MethodResult[];
  readonly differences: readonly MethodDifference[];
  /** Means over several worlds; empty where not all of these worlds were judged. */
  readonly summaries: readonly WorldsSummary[];
  readonly summaryDifferences: readonly SummaryDifference[];
  /** Of methods that give probabilities. */
  readonly reliability: readonly Reliability[];
}

export interface MethodResult {
  readonly world: World;
  readonly method: string;
  readonly kind: MethodKind;
  readonly hitAt1: Estimate;
  readonly mrr: Estimate;
  readonly ndcg5: Estimate;
  /** Expected calibration error, of methods that give probabilities. */
  readonly ece?: Estimate;
}

/** Of one method to another over the same viewers: `method` minus `against`. */
export interface Comparison {
  readonly method: string;
  /** A method, or `best`: the simple method that hit most often. */
  readonly against: string;
  /** Where `against` is `best`: which method that is. */
  readonly best?: string;
  readonly hitAt1: Estimate;
}

export interface Difference extends Comparison {
  /** How many interests the viewers share; of too few, the interval means little. */
  readonly interests: number;
}

export interface MethodDifference extends Difference {
  readonly world: World;
}

/** A name for several worlds taken together, each counting the same. */
export type SummaryName = "mean5";

export interface WorldsSummary {
  readonly name: SummaryName;
  readonly method: string;
  readonly kind: MethodKind;
  readonly hitAt1: Estimate;
  /** Expected calibration error over the viewers of all these worlds, of methods that give probabilities. */
  readonly ece?: Estimate;
}

export interface SummaryDifference extends Difference {
  readonly name: SummaryName;
}

/** How often a method was right at each height of the probability that it gave its choice. */
export interface Reliability {
  readonly world: World;
  readonly method: string;
  /** In order; those without a viewer are left out. */
  readonly bins: readonly ReliabilityBin[];
}
