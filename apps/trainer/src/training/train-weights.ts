// TensorFlow.js' core comes to Node without its gradients; loading this package registers them.
import "@tensorflow/tfjs-layers";
import { planWeights, type Architecture, type Weights } from "@facet/interest-attention";
import { dispose, tidy, variable, variableGrads, type Variable } from "@tensorflow/tfjs-core";
import type { Episode } from "../episodes/episode.js";
import { seededRandom } from "../random.js";
import { AdamW } from "./adam-w.js";
import { drawNoise, lossOf } from "./forward.js";
import { learningRateAt, RECIPE } from "./recipe.js";
import { disposeBatch, type TrainingBatch } from "./training-batch.js";
import type { CurvePoint } from "./training-curve.js";
import { hitRate, judgeEpisodes } from "./validate.js";

export interface TrainingTask {
  readonly architecture: Architecture;
  /** Where training starts; the weights become its own. */
  readonly weights: Weights;
  readonly steps: number;
  readonly seed: number;
  /** The next training groups. */
  readonly nextEpisodes: (count: number) => Episode[];
  readonly validation: readonly Episode[];
  readonly toBatch: (episodes: readonly Episode[]) => TrainingBatch;
  /** Called after every step. */
  readonly onStep: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  readonly loss: number;
  /** hit@1 on validation videos when it was last looked at, 0..1. */
  readonly hitAt1: number | undefined;
}

export interface Trained {
  readonly weights: Weights;
  readonly curve: readonly CurvePoint[];
}

/** Trains by gradient descent on the loss of claim 9. Equal tasks give equal weights on the same backend. */
export async function trainWeights(task: TrainingTask): Promise<Trained> {
  const { architecture, steps } = task;
  const variables = toVariables(architecture, task.weights);
  const weights: Weights = new Map([...task.weights, ...variables]);
  const isResidual = new Set(
    planWeights(architecture).flatMap(({ name, comesFrom }) => (comesFrom === "residual" ? [name] : [])),
  );
  const optimizer = new AdamW({ weightDecay: RECIPE.weightDecay, clip: RECIPE.clip });
  const random = seededRandom(task.seed, "training noise");
  const curve: CurvePoint[] = [];
  let lossSum = 0;
  let hitAt1: number | undefined;

  for (let step = 0; step < steps; step++) {
    const batch = task.toBatch(task.nextEpisodes(RECIPE.batch));
    const noise = drawNoise(random, RECIPE.batch, architecture.embeddingWidth);
    const { value, grads } = tidy(() =>
      variableGrads(() => lossOf(architecture, weights, batch, noise), [...variables.values()]),
    );
    const [loss = NaN] = await value.data();
    const rate = learningRateAt(step, steps);
    await optimizer.apply(variables, grads, (name) => (isResidual.has(name) ? rate * RECIPE.residualRate : rate));
    dispose([value, grads, noise.directionsKept]);
    disposeBatch(batch);

    lossSum += loss;
    const done = step + 1;
    if (done % RECIPE.validateEvery === 0 || done === steps) {
      hitAt1 = hitRate(await judgeEpisodes(architecture, weights, task.validation, task.toBatch));
      curve.push({ step: done, loss: lossSum / (done - (curve.at(-1)?.step ?? 0)), hitAt1 });
      lossSum = 0;
    }
    task.onStep({ step: done, loss, hitAt1 });
  }
  return { weights, curve };
}

function toVariables(architecture: Architecture, weights: Weights): Map<string, Variable> {
  const learned = planWeights(architecture).filter(({ comesFrom }) => comesFrom !== "fitted");
  return new Map(
    learned.flatMap(({ name }) => {
      const weight = weights.get(name);
      if (!weight) return [];
      const made = variable(weight, true);
      weight.dispose();
      return [[name, made] as const];
    }),
  );
}
