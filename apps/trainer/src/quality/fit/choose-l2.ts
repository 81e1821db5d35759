import { fitWeights } from "./fit-weights.js";
import { logLosses } from "./judge-weights.js";
import { weighExamples, type QualityExample } from "./quality-example.js";

/** From light to heavy. */
const TRIED = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];

/**
 * The L2 under which what is fitted on some interests does best on others.
 *
 * @param fitted examples to fit on
 * @param judged examples of other interests, which show no photo of the first ones
 */
export function chooseL2(fitted: readonly QualityExample[], judged: readonly QualityExample[]): number {
  const counts = weighExamples(judged);
  const tries = TRIED.map((l2) => {
    const losses = logLosses(judged, fitWeights(fitted, l2), counts);
    return { l2, loss: losses.reduce((sum, loss) => sum + loss, 0) };
  });
  return tries.reduce((best, one) => (one.loss < best.loss ? one : best)).l2;
}
