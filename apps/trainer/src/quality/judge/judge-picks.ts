import Table from "cli-table3";
import { ViewerClusters, type Estimate } from "../../evaluation/clustered-bootstrap.js";
import { seededRandom } from "../../random.js";
import { PICK_METHODS, type PickMethod } from "./pick-frames.js";
import type { FrameSpoil, FrameTruth } from "./spoiled-film.js";

/** What every method picked from one made film. */
export interface JudgedFilm {
  readonly truths: Readonly<Record<PickMethod, FrameTruth>>;
  /** Share of the film's frames that are spoiled, 0..1. */
  readonly spoiledShare: number;
}

export interface PickVerdict {
  readonly method: PickMethod;
  /** Share of films in which the pick is a spoiled frame, with its interval over films. */
  readonly spoiled: Estimate;
  /** How much less often `facet` picks a spoiled frame, on the same films. */
  readonly facetFewer: Estimate;
  /** Picks by what is wrong with them. */
  readonly kinds: Partial<Readonly<Record<FrameSpoil, number>>>;
}

/** The truths that are slates: letters or leader instead of the film. */
const SLATES: readonly FrameSpoil[] = ["title", "credits", "black"];

export function judgePicks(films: readonly JudgedFilm[], seed: number): PickVerdict[] {
  const clusters = new ViewerClusters(
    films.map((_, film) => String(film)),
    seededRandom(seed, "pick bootstrap"),
  );
  const isSpoiled = (method: PickMethod): number[] => films.map(({ truths }) => (truths[method] === "sound" ? 0 : 1));
  const facet = isSpoiled("facet");
  return (Object.keys(PICK_METHODS) as PickMethod[]).map((method): PickVerdict => {
    const spoiled = isSpoiled(method);
    const kinds: Partial<Record<FrameSpoil, number>> = {};
    for (const { truths } of films) {
      const truth = truths[method];
      if (truth !== "sound") kinds[truth] = (kinds[truth] ?? 0) + 1;
    }
    return {
      ...{ method, spoiled: clusters.estimateMean(spoiled), kinds },
      facetFewer: clusters.estimateMean(spoiled.map((fault, film) => fault - (facet[film] ?? 0))),
    };
  });
}

export function renderPickVerdicts(verdicts: readonly PickVerdict[], spoiledFrames: number): string {
  const table = new Table({
    head: ["pick by", "spoiled", "facet fewer by", "of them slates", "what was wrong"],
    style: { head: [], border: [] },
  });
  for (const { method, spoiled, facetFewer, kinds } of verdicts) {
    const slates = SLATES.reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0);
    const wrong = Object.entries(kinds).sort(([, one], [, other]) => other - one);
    table.push([
      ...[PICK_METHODS[method], show(spoiled), method === "facet" ? "" : show(facetFewer), slates],
      wrong.map(([kind, count]) => `${kind} ${count}`).join(", "),
    ]);
  }
  return `${table.toString()}\nOf the frames of these films ${(100 * spoiledFrames).toFixed(0)} % are spoiled.`;
}

function show({ mean, low, high }: Estimate): string {
  const percent = (value: number): string => (100 * value).toFixed(0);
  return `${percent(mean)} % (${percent(low)} to ${percent(high)})`;
}
