import type { World } from "../episodes/episode.js";
import type { MethodKind } from "../methods/method.js";
import type { Estimate } from "./clustered-bootstrap.js";

/** What an evaluation found, in the form of its JSON file. Means are fractions; low and high bound 95% intervals. */
export interface EvaluationResults {
  /** Per world. */
  readonly viewers: number;
  readonly seed: number;
  readonly results: readonly MethodResult[];
  readonly differences: readonly MethodDifference[];
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
export interface MethodDifference {
  readonly world: World;
  readonly method: string;
  readonly against: string;
  readonly hitAt1: Estimate;
}
