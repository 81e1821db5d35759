import DataLoader from "dataloader";
import type { CoverDecision } from "./cover-decision.js";
import type { CoverExplainer, LikedImageContribution } from "./cover-explainer.js";

/** Contributions for one request: the covers of a page share one reading of the likes. Null where it can no longer be told. */
export type ContributionLoader = DataLoader<CoverDecision, readonly LikedImageContribution[] | null>;

export function makeContributionLoader(explainer: Pick<CoverExplainer, "explain">): ContributionLoader {
  return new DataLoader(async (covers) =>
    (await explainer.explain(covers)).map((contributions) => contributions ?? null),
  );
}
