// TensorFlow.js' core comes to Node without its gradients; loading this package registers them.
import "@tensorflow/tfjs-layers";
import { setImmediate } from "node:timers/promises";
import type { Architecture } from "@facet/interest-attention";
import { planWeights, type Weights } from "@facet/interest-attention/training";
import { dispose, tensor, tidy, variable, variableGrads, type Variable } from "@tensorflow/tfjs-core";
import { AdamW, type AdamWState } from "./adam-w.js";
import { drawNoise, lossOf } from "./forward.js";
import type { GroupStream } from "./group-stream.js";
import type { Labels } from "./labels.js";
import { learningRateAt, RECIPE } from "./recipe.js";
import { disposeBatch, type TrainingBatch } from "./training-batch.js";
import type { CurvePoint } from "./training-curve.js";
import type { TrainingGroup } from "../groups/training-group.js";
import type { TrainingState } from "./training-state.js";

export interface TrainingTask {
  readonly architecture: Architecture;
  /** Where training starts; the weights become its own. */
  readonly weights: Weights;
  readonly labels: Labels;
  readonly steps: number;
  /** Of the recipe's learning rate: less to go on from weights that were trained before. */
  readonly rateShare: number;
  readonly seed: number;
  /** Training groups, from the first. */
  readonly stream: GroupStream;
  readonly toBatch: (groups: readonly TrainingGroup[]) => TrainingBatch;
  /** How good weights are on validation groups, 0..1; undefined where there are none. */
  readonly validate: ((weights: Weights) => Promise<number>) | undefined;
}

export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  readonly loss: number;
  /** The validation score when it was last looked at, 0..1. */
  readonly hitAt1: number | undefined;
}

export interface TrainingControl {
  /** Where the same task was left. */
  readonly from?: TrainingState | undefined;
  /** Called at every look at validation, and before training stops; the state may be kept. */
  readonly keep: (state: TrainingState) => Promise<void>;
  /** Asked after every step. */
  readonly shouldStop: () => boolean;
  /** Called after every step. */
  readonly onStep: (progress: TrainingProgress) => void;
}

export type TrainingEnd =
  | {
      readonly kind: "trained";
      readonly weights: Weights;
      readonly curve: readonly CurvePoint[];
      /** Spent on training, over all runs. */
      readonly seconds: number;
    }
  | { readonly kind: "stopped"; readonly step: number };

/**
 * Trains by gradient descent on the loss of claim 9. Equal tasks give equal weights on the same backend, also where one
 * was stopped and gone on with.
 */
export async function trainWeights(task: TrainingTask, control: TrainingControl): Promise<TrainingEnd> {
  const { architecture, labels, steps, stream } = task;
  const variables = toVariables(architecture, task.weights, control.from);
  const weights: Weights = new Map([...task.weights, ...variables]);
  const isResidual = new Set(
    planWeights(architecture).flatMap(({ name, comesFrom }) => (comesFrom === "residual" ? [name] : [])),
  );
  const optimizer = new AdamW({ weightDecay: RECIPE.weightDecay, clip: RECIPE.clip }, momentsOf(control.from));
  const curve: CurvePoint[] = [...(control.from?.curve ?? [])];
  let lossSum = control.from?.lossSum ?? 0;
  const first = control.from?.step ?? 0;
  const started = Date.now();
  const spent = () => (control.from?.seconds ?? 0) + (Date.now() - started) / 1000;
  stream.skip(first * RECIPE.batch);

  for (let step = first; step < steps; step++) {
    const batch = task.toBatch(stream.take(RECIPE.batch));
    const noise = drawNoise(task.seed, step, RECIPE.batch, architecture.embeddingWidth);
    const { value, grads } = tidy(() =>
      variableGrads(() => lossOf(architecture, weights, batch, labels, noise), [...variables.values()]),
    );
    const [loss = NaN] = await value.data();
    const rate = learningRateAt(step, steps) * task.rateShare;
    await optimizer.apply(variables, grads, (name) => (isResidual.has(name) ? rate * RECIPE.residualRate : rate));
    dispose([value, grads, noise.directionsKept]);
    disposeBatch(batch);

    lossSum += loss;
    const done = step + 1;
    const isLookedAt = done % RECIPE.validateEvery === 0 || done === steps;
    if (isLookedAt) {
      const hitAt1 = await task.validate?.(weights);
      curve.push({ step: done, loss: lossSum / (done - (curve.at(-1)?.step ?? 0)), hitAt1 });
      lossSum = 0;
    }
    control.onStep({ step: done, loss, hitAt1: curve.at(-1)?.hitAt1 });
    // Tensors on the CPU never wait, and a signal is heard only between two turns of the event loop.
    await setImmediate();
    const isStopped = control.shouldStop();
    if (isLookedAt || isStopped) {
      const kept = await readVariables(variables, optimizer.state);
      await control.keep({ step: done, seconds: spent(), lossSum, curve: [...curve], variables: kept });
    }
    if (isStopped) {
      dispose([...weights.values()]);
      return { kind: "stopped", step: done };
    }
  }
  return { kind: "trained", weights, curve, seconds: spent() };
}

function toVariables(
  architecture: Architecture,
  weights: Weights,
  from: TrainingState | undefined,
): Map<string, Variable> {
  const learned = planWeights(architecture).filter(({ comesFrom }) => comesFrom !== "fitted");
  return new Map(
    learned.flatMap(({ name, shape }) => {
      const weight = weights.get(name);
      if (!weight) return [];
      const kept = from?.variables.get(name)?.weight;
      const beginning = kept ? tensor(kept, [...shape]) : weight.clone();
      weight.dispose();
      const made = variable(beginning, true);
      beginning.dispose();
      return [[name, made] as const];
    }),
  );
}

function momentsOf(from: TrainingState | undefined): AdamWState | undefined {
  return from && { step: from.step, moments: new Map(from.variables) };
}

async function readVariables(
  variables: ReadonlyMap<string, Variable>,
  { moments }: AdamWState,
): Promise<TrainingState["variables"]> {
  return new Map(
    await Promise.all(
      [...variables].map(async ([name, variable]) => {
        const weight = Float32Array.from(await variable.data<"float32">());
        const { first, second } = moments.get(name) ?? {
          first: new Float32Array(weight.length),
          second: new Float32Array(weight.length),
        };
        return [name, { weight, first: first.slice(), second: second.slice() }] as const;
      }),
    ),
  );
}
