import { FEWEST_CLUSTERS, ViewerClusters } from "../../evaluation/clustered-bootstrap.js";
import { seededRandom } from "../../random.js";
import { RECIPE } from "../recipe.js";
import { calibrationError, scoreNameOf, withCovers, type JudgedGroup } from "../validate.js";
import type { CardFacts } from "./card-facts.js";
import { percent, table } from "./markdown.js";

export function resultsSection(facts: CardFacts): string {
  const { chosen, plan } = facts;
  const known = withCovers(chosen.judged);
  if (known.length === 0) {
    return `## Results on validation videos

${describeSeen(facts)} No cover is known. The category of ${percent(chosen.score)} of ${chosen.judged.length} validation groups was told, of ${plan.first.categories.size} categories.${before(facts)}${seeds(facts)}`;
  }
  return `## Results on validation

hit@1: how often the most probable frame is right, with the interval that holds 95 of 100 draws of interests or videos (clustered bootstrap).${chanceOf(known)} ${describeSeen(facts)} Judge a model by \`npm run evaluate\`.

${table(["collection", ...columnsOf(known), "all"], rowsOf(facts, known))}

Expected calibration error over all of them: ${calibrationError(known).toFixed(3)}.${before(facts)}${seeds(facts)}`;
}

/** What a model was trained on says nothing of how well it does. */
function describeSeen({ plan: { last, knownBefore } }: CardFacts): string {
  const { known, of } = knownBefore;
  if (known > 0) {
    return `The model that training went on from was trained on ${known} of the ${of} interests for validation: these results are better than those on other interests.`;
  }
  return last
    ? "These are the results of the first training, which saw nothing of these interests; this model was trained on them as well. They served to watch training and to calibrate."
    : "Nothing here was trained on, but it served to watch training and to calibrate.";
}

function chanceOf(judged: readonly JudgedGroup[]): string {
  const composed = judged.filter(({ group }) => group.world !== "own");
  if (composed.length === 0) return "";
  const spoiled = percent(rightByChance(composed.filter(({ group }) => group.world === "W5")));
  const others = percent(rightByChance(composed.filter(({ group }) => group.world !== "W5")));
  return ` A frame at random is right for ${others} of the composed videos (${spoiled} in W5).`;
}

/** 0..1 */
function rightByChance(judged: readonly JudgedGroup[]): number {
  const shares = judged.map(({ group: { right } }) => right.filter(Boolean).length / right.length);
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(shares.length, 1);
}

function columnsOf(judged: readonly JudgedGroup[]): JudgedGroup["group"]["world"][] {
  const hasOwn = judged.some(({ group }) => group.world === "own");
  const hasComposed = judged.some(({ group }) => group.world !== "own");
  return [...(hasComposed ? RECIPE.worlds : []), ...(hasOwn ? (["own"] as const) : [])];
}

function rowsOf({ material: { photos } }: CardFacts, judged: readonly JudgedGroup[]): string[][] {
  const rowOf = (name: string, own: readonly JudgedGroup[]) => [
    name,
    ...columnsOf(judged).map((world) => hitRateWithInterval(own.filter(({ group }) => group.world === world))),
    hitRateWithInterval(own),
  ];
  const composed = judged.filter(({ group }) => group.world !== "own");
  const own = judged.filter(({ group }) => group.world === "own");
  return [
    ...photos.validation.map(({ name }) =>
      rowOf(
        name,
        composed.filter(({ group }) => group.cluster.startsWith(`${name}/`)),
      ),
    ),
    ...(own.length > 0 ? [rowOf("own groups", own)] : []),
    rowOf("all", judged),
  ];
}

/** A collection with too few interests for a world has no video of it to be judged on. */
function hitRateWithInterval(judged: readonly JudgedGroup[]): string {
  if (judged.length === 0) return "none";
  const clusters = new ViewerClusters(
    judged.map(({ group }) => group.cluster),
    seededRandom("model card"),
  );
  const hits = judged.filter(({ hit }) => hit).length;
  if (clusters.members.length < FEWEST_CLUSTERS)
    return `${percent(hits / judged.length)} (of ${judged.length}, no interval)`;
  const { mean, low, high } = clusters.estimateMean(judged.map(({ hit }) => (hit ? 1 : 0)));
  return `${percent(mean)} (${percent(low)} to ${percent(high)})`;
}

/** What there was before, on the same groups. */
function before({ startedFrom, chosen }: CardFacts): string {
  if (!startedFrom) return "";
  return ` Before training the model it went on from had ${percent(startedFrom.score)}, after it ${percent(chosen.score)}.`;
}

/** How much of a score is luck of the seed. */
function seeds({ trained, chosen, plan }: CardFacts): string {
  if (trained.length < 2) return "";
  const scores = trained.map(({ score }) => score);
  return `

Seeds, by validation ${scoreNameOf(plan.first.validation)}${plan.last ? " of their first trainings" : ""}; the middle one, ${chosen.seed}, is this model. From ${percent(Math.min(...scores))} to ${percent(Math.max(...scores))}.

${table(
  ["seed", "model", `validation ${scoreNameOf(plan.first.validation)}`],
  trained.map(({ seed, modelVersion, score }) => [String(seed), modelVersion, percent(score)]),
)}`;
}
