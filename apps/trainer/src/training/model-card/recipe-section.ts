import { RECIPE } from "../recipe.js";
import { TRAINING_CURVE } from "../training-curve.js";
import { whyNotCalibrated } from "../why-not-calibrated.js";
import { VARIANTS } from "../variants.js";
import type { TrainedWorld } from "../compose-kinds.js";
import { setupOfModel, type CardFacts } from "./card-facts.js";
import { percent } from "./markdown.js";

export function recipeSection(facts: CardFacts): string {
  const { options, plan, chosen, trained, backend } = facts;
  const setup = setupOfModel(facts);
  const rate = RECIPE.learningRate * setup.start.rateShare;
  return `## Recipe

- Variant \`${options.variant}\`: ${VARIANTS[options.variant].about}.
- ${describeStart(facts)}
${describeGroups(facts)}
- ${describeLoss(facts)}
- AdamW, learning rate ${short(rate)} (residual ${short(rate * RECIPE.residualRate)}), ${Math.floor(Math.min(RECIPE.warmUpSteps, setup.steps / 2))} steps of warm-up, then half a cosine; weight decay ${RECIPE.weightDecay}; gradients cut at ${RECIPE.clip}; batch ${RECIPE.batch}; dropout ${RECIPE.dropout}; ${percent(RECIPE.directionsMasked)} of the metric's directions masked in each group.
- ${plan.last ? "Trained twice, without the interests for validation and then anew with them, each time " : ""}${setup.steps} steps, seed ${chosen.seed}${trained.length > 1 ? ` of ${trained.map(({ seed }) => seed).join(", ")}` : ""}; ${Math.round(chosen.seconds)} s of training${plan.last ? " in all" : ""}, given cached features. ${backend}.
- Command: \`${options.commandLine}\`
- ${describeCalibration(facts)}

![Training curve](${TRAINING_CURVE})`;
}

function describeStart(facts: CardFacts): string {
  const { startedFrom } = facts;
  const { embeddingWidth, residualRank } = setupOfModel(facts).start.architecture;
  return startedFrom
    ? `Went on from the model \`${startedFrom.modelVersion}\`, whose metric was kept.`
    : `Metric: linear discriminant analysis on the training interests, covariance shrunk by ${RECIPE.shrinkage}, collections by their number of pictures to the power of ${RECIPE.metricPower}, the ${embeddingWidth} most telling directions; training adds a residual of rank ${residualRank}.`;
}

function describeGroups({ options, material }: CardFacts): string {
  const composed = `- Training groups (video, category, cover, liked images) composed of photos: the worlds ${describePractice(material.worlds)}; collections by their number of pictures to the power of ${RECIPE.collectionPower}; ${percent(RECIPE.thinnedHistories)} of the viewers liked fewer images than their world says; ${percent(RECIPE.lookAlikes.share)} of the videos show beside the viewer's interests only the ${RECIPE.lookAlikes.among} that look most like the wanted one.`;
  const own =
    "- A platform's own groups: candidates are the frames that frame-extraction takes by its shots rule; right is the one at the cover's time.";
  return [...(options.photos.length > 0 ? [composed] : []), ...(options.groups.length > 0 ? [own] : [])].join("\n");
}

function describePractice(worlds: readonly TrainedWorld[]): string {
  const names = worlds.map((world) => {
    const practice = RECIPE.practice[world];
    return practice === 1 ? world : `${world} (${practice} times as often)`;
  });
  return `${names.join(", ")} in equal parts`;
}

function describeLoss(facts: CardFacts): string {
  const { labels, start } = setupOfModel(facts);
  const categories = `category cross-entropy over ${start.architecture.categories} categories`;
  return labels.kind === "cover"
    ? `Loss: -log of the right frames' summed probability + ${labels.lambda} x ${categories}.`
    : `Loss: ${categories} alone. No cover was told in training.`;
}

function describeCalibration({ chosen, plan, startedFrom }: CardFacts): string {
  const obstacle = whyNotCalibrated(plan);
  if (obstacle !== undefined) {
    const remains = startedFrom
      ? "The calibration of the model that it went on from stays."
      : "A probability here orders frames and means no more.";
    return `Not calibrated: ${obstacle}. ${remains}`;
  }
  const only = plan.first.labels.kind === "category" ? ", the one place where covers were used" : "";
  const { lead, sharpness } = chosen.calibration;
  const kinds = sharpness.length > 1 ? `, one for each of ${sharpness.length} kinds of picture` : "";
  return (
    `Calibrated on validation videos${only}${plan.last ? ", as the first training left the weights" : ""}: interest weights multiplied by ${sharpness.map((s) => s.toFixed(3)).join(" and ")}${kinds}; ` +
    `the frame that coincides best set apart by ${lead.always.toFixed(2)}, and by ${lead.perMargin.toFixed(2)} of its distance from the video's mean.`
  );
}

function short(number: number): string {
  return String(Number(number.toPrecision(3)));
}
