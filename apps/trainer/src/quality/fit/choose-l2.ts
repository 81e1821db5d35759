import { fitWeights } from "./fit-weights.js";
import { logLosses } from "./judge-weights.js";
import { weighExamples, type QualityExample } from "./quality-example.js";

/** From light to heavy. */
const TRIED = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];

/**
 * The L2 that does best on validation interests.
 *
 * @param validation labels of the interests that are left out of the fits and judge them
 */
export function chooseL2(examples: readonly QualityExample[], validation: ReadonlySet<string>): number {
  const fitted = examples.filter(({ interest }) => !validation.has(interest));
  const judged = examples.filter(({ interest }) => validation.has(interest));
  const counts = weighExamples(judged);
  const tries = TRIED.map((l2) => {
    const losses = logLosses(judged, fitWeights(fitted, l2), counts);
    return { l2, loss: losses.reduce((sum, loss) => sum + loss, 0) };
  });
  return tries.reduce((best, one) => (one.loss < best.loss ? one : best)).l2;
}
