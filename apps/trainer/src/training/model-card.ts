import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backbone } from "@facet/feature-encoder";
import type { ModelFacts } from "@facet/interest-attention";
import { RECIPE } from "./recipe.js";
import { calibrationError, hitRate, type JudgedEpisode } from "./validate.js";

export interface ModelCardFacts extends ModelFacts {
  readonly modelVersion: string;
  readonly backend: string;
  readonly steps: number;
  readonly seed: number;
  readonly seconds: number;
  readonly dataNote: string | undefined;
  /** What encoded the photos, where that was not the shipped backbone. */
  readonly backbone: Backbone | undefined;
  readonly collections: readonly {
    readonly name: string;
    /** Of the training groups, 0..1. */
    readonly share: number;
    readonly trainingInterests: number;
    readonly validationInterests: number;
    readonly photos: number;
  }[];
  /** Validation videos, after calibration. */
  readonly judged: readonly JudgedEpisode[];
}

/** Says what the model was made from, how, how well it does, and where not to trust it. */
export async function writeModelCard(folder: string, facts: ModelCardFacts): Promise<void> {
  await writeFile(join(folder, "model-card.md"), renderModelCard(facts));
}

export function renderModelCard(facts: ModelCardFacts): string {
  const { architecture, judged } = facts;
  return `# Model card: ${facts.modelVersion}

Given a viewer's liked images and a video's candidate frames, gives each frame an interest weight and a probability of being the cover that this viewer would want. It takes features of the encoder \`${facts.encoderVersion}\` (${architecture.featureWidth} numbers an image) and no others.

## Data

${table(
  ["collection", "interests trained on", "interests for validation", "photos trained on", "share of training groups"],
  facts.collections.map(({ name, trainingInterests, validationInterests, photos, share }) => [
    name,
    String(trainingInterests),
    String(validationInterests),
    String(photos),
    percent(share),
  ]),
)}

${facts.dataNote ?? "Nothing was said of where the photos come from and on what terms (`--data-note`)."}

No photo of a person's real viewing history was used: viewers and videos were composed from folders of interests. About a fifth of the interests was held out and never used to fit, tune or choose anything; \`npm run evaluate -- --held-out\` judges on those.

## Recipe

- Metric: linear discriminant analysis on the training interests, covariance shrunk by ${RECIPE.shrinkage}, the ${architecture.embeddingWidth} most telling directions; training adds a residual of rank ${architecture.residualRank}.
- Training groups (video, category, cover, liked images) of the worlds ${RECIPE.worlds.join(", ")} in equal parts; collections by their number of photos to the power of ${RECIPE.collectionPower}.
- Loss: -log of the right frames' summed probability + 0.1 x category cross-entropy over ${architecture.categories} categories.
- AdamW, learning rate ${RECIPE.learningRate} (residual ${Number((RECIPE.learningRate * RECIPE.residualRate).toPrecision(3))}), ${RECIPE.warmUpSteps} steps of warm-up, then half a cosine; weight decay ${RECIPE.weightDecay}; gradients cut at ${RECIPE.clip}; batch ${RECIPE.batch}; dropout ${RECIPE.dropout}; ${percent(RECIPE.directionsMasked)} of the metric's directions masked in each episode.
- ${facts.steps} steps, seed ${facts.seed}; ${facts.seconds} s in all, given cached features. ${facts.backend}.
- Command: \`npm run train -- ${facts.collections.map(({ name }) => `--photos ${name}`).join(" ")} --out DIR${facts.backbone ? " --backbone FILE" : ""} --steps ${facts.steps} --seed ${facts.seed}\`
- Logits divided by the temperature ${facts.temperature.toFixed(3)}, fitted on validation videos and stored in \`w1\` and \`b1\`.

![Training curve](training-curve.svg)

## Results on validation interests

hit@1: how often the most probable frame is right; about 15% by chance (9% in W5). No interest here was trained on, but they served to watch training and to fit the temperature: judge a model by \`npm run evaluate\`.

${table(["collection", ...RECIPE.worlds, "all"], resultRows(facts))}

Expected calibration error over all of them: ${calibrationError(judged).toFixed(3)}.

## Limits

- Interests are things that a folder of photos can show. Faces, moods, styles and stories were not trained on.
- Photographs made the videos' scenes; real shots are nearly equal frames, so smoothing over neighbours helps less there.
- With one liked image the scorer can know little; with none it is not asked, and the cover is the best by quality.
- ${describeBackbone(facts.backbone)} What it does not see, the scorer cannot.
- What the photos do not show evenly, the scorer will not serve evenly. Evaluate on your own pictures before you rely on it.
`;
}

function describeBackbone(backbone: Backbone | undefined): string {
  if (!backbone) return "The encoder's backbone was fine-tuned for another task (finding unsafe pictures).";
  const { name, taps, license = "on terms that are not told", unsafe } = backbone;
  const safety = unsafe === "none" ? " It tells no unsafe picture from a safe one." : "";
  return `The encoder's backbone is \`${name}\` (${license}), tapped at ${taps.map((tap) => `\`${tap}\``).join(", ")}.${safety}`;
}

function resultRows({ collections, judged }: ModelCardFacts): string[][] {
  const rowOf = (name: string, own: readonly JudgedEpisode[]) => [
    name,
    ...RECIPE.worlds.map((world) => percentOfHits(own.filter(({ episode }) => episode.world === world))),
    percentOfHits(own),
  ];
  return [
    ...collections.map(({ name }) =>
      rowOf(
        name,
        judged.filter(({ episode }) => episode.cluster.startsWith(`${name}/`)),
      ),
    ),
    rowOf("all", judged),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A collection with too few interests for a world has no video of it to be judged on. */
function percentOfHits(judged: readonly JudgedEpisode[]): string {
  return judged.length === 0 ? "none" : percent(hitRate(judged));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
