import type { MethodKind } from "../methods/method.js";
import type { Estimate } from "./clustered-bootstrap.js";
import type { Difference, EvaluationResults } from "./results.js";

/** A world, or several taken together: one column of every table and one pair of charts. */
export interface Column {
  readonly name: string;
  readonly hits: readonly { readonly method: string; readonly kind: MethodKind; readonly hitAt1: Estimate }[];
  /** Without the one against the best. */
  readonly differences: readonly Difference[];
  readonly best?: Difference;
}

/** What is taken together first, as it says most. */
export function columnsOf({ results, differences, summaries, summaryDifferences }: EvaluationResults): Column[] {
  const worlds = [...new Set(results.map(({ world }) => world))];
  const [together] = summaries;
  return [
    ...(together ? [columnOf(together.name, summaries, summaryDifferences)] : []),
    ...worlds.map((world) =>
      columnOf(
        world,
        results.filter((result) => result.world === world),
        differences.filter((difference) => difference.world === world),
      ),
    ),
  ];
}

function columnOf(name: string, hits: Column["hits"], differences: readonly Difference[]): Column {
  const best = differences.find(({ against }) => against === "best");
  return {
    name,
    hits,
    differences: differences.filter((difference) => difference !== best),
    ...(best && { best }),
  };
}
