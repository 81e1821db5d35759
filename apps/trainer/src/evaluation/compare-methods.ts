import type { MethodName } from "../methods/method.js";
import type { Estimate } from "./clustered-bootstrap.js";
import type { Comparison } from "./results.js";

/** What is compared: a method, and whether it hit, for each viewer. */
export interface Hits {
  readonly method: MethodName;
  readonly hits: readonly number[];
}

/**
 * Sets the judged scorer against every other method but the oracle, and last against the best of the simple ones: those
 * that rest on no history or on cosines. Which one is best is found on the very viewers that are judged, so that chance
 * speaks for the opponent: a scorer that is as good as the best one seems to be a little worse.
 *
 * @param estimate the mean of one number per viewer, with its interval
 * @returns nothing where no scorer is judged
 */
export function compareShipped(
  methods: readonly Hits[],
  estimate: (perViewer: readonly number[]) => Estimate,
): Comparison[] {
  const judged = methods.find(({ method }) => method.kind === "shipped");
  if (!judged) return [];
  const against = ({ hits }: Hits) => estimate(hits.map((hit, i) => (judged.hits[i] ?? 0) - hit));
  const others = methods.filter(({ method }) => method.kind !== "shipped" && method.family !== "oracle");
  const best = findBestSimple(methods, estimate);
  return [
    ...others.map((other) => ({ method: judged.method.id, against: other.method.id, hitAt1: against(other) })),
    ...(best ? [{ method: judged.method.id, against: "best", best: best.method.id, hitAt1: against(best) }] : []),
  ];
}

/** Of equal ones the first. */
function findBestSimple(
  methods: readonly Hits[],
  estimate: (perViewer: readonly number[]) => Estimate,
): Hits | undefined {
  const simple = methods.filter(({ method }) => method.family === "withoutHistory" || method.family === "cosine");
  const means = simple.map(({ hits }) => estimate(hits).mean);
  return simple[means.indexOf(Math.max(...means))];
}
