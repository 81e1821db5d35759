import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { disposeWeights, loadModel, saveModel, type Weights } from "@facet/interest-attention/training";
import { calibrate, calibrationOf, withCalibration, type Calibration } from "./calibrate.js";
import { TrainingStoppedError } from "./checkpoint/errors.js";
import { copyModel } from "./copy-model.js";
import type { SeedFolders } from "./seed-folders.js";
import { showTraining } from "./show-training.js";
import { listenForStop } from "./stop-signals.js";
import { trainWeights, type TrainingEnd } from "./train-weights.js";
import { drawTrainingCurve, TRAINING_CURVE } from "./training-curve.js";
import type { Finished, TrainingFolder } from "./training-folder.js";
import type { TrainingPlan, TrainingSetup } from "./training-setup.js";
import type { VariantName } from "./variant-names.js";
import { whyNotCalibrated } from "./why-not-calibrated.js";
import { judgeGroups, scoreNameOf, validationScore, withCovers, type JudgedGroup } from "./validate.js";

/** A seed that was trained to its end; its model is in its folder. */
export interface TrainedSeed extends Validated {
  readonly seed: number;
  readonly folder: string;
  readonly modelVersion: string;
  /** Spent on training. */
  readonly seconds: number;
}

/** What validation made of a model that was not trained on it. */
interface Validated {
  readonly calibration: Calibration;
  /** Validation groups, after calibration. */
  readonly judged: readonly JudgedGroup[];
  /** Of the validation groups, 0..1. */
  readonly score: number;
}

/**
 * Trains one seed, or goes on where it was left, or takes what is finished.
 *
 * @throws TrainingStoppedError where a signal ended it; CheckpointMismatchError
 */
export async function trainSeed(
  plan: TrainingPlan,
  places: SeedFolders,
  variant: VariantName,
  say: (line: string) => void,
): Promise<TrainedSeed> {
  const { first, last } = plan;
  const { seed, folder } = places;
  const train = (setup: TrainingSetup, place: TrainingFolder, calibrated: (weights: Weights) => Promise<Weights>) =>
    trainInto(place, { setup, seed, variant, calibrated, say });
  const validatedModel = await train(first, places.first, (weights) => calibrateByValidation(plan, weights, say));
  const validated = await judgeFolder(first, places.first);
  if (!last) {
    await places.last.forgetEnd();
    await copyModel(places.first.folder, folder);
    return { seed, folder, ...validatedModel, ...validated };
  }
  // What is learned from a few interests more does not change how much a coincidence says.
  const { calibration } = validated;
  const model = await train(last, places.last, (weights) => Promise.resolve(withCalibration(weights, calibration)));
  // Nothing unseen is left to judge the second training by as it goes: the curve to look at is the first one's.
  await copyFile(join(places.first.folder, TRAINING_CURVE), join(folder, TRAINING_CURVE));
  const seconds = validatedModel.seconds + model.seconds;
  return { seed, folder, modelVersion: model.modelVersion, seconds, ...validated };
}

interface TrainingOrder {
  readonly setup: TrainingSetup;
  readonly seed: number;
  readonly variant: VariantName;
  /** The weights with their calibration; shares tensors with those that it is given. */
  readonly calibrated: (weights: Weights) => Promise<Weights>;
  readonly say: (line: string) => void;
}

async function trainInto(
  place: TrainingFolder,
  { setup, seed, variant, calibrated, say }: TrainingOrder,
): Promise<Omit<Finished, "task">> {
  const { about, start, encoderVersion } = setup;
  const finished = await place.readFinished();
  if (finished) {
    say(`Seed ${seed} is trained ${about}: ${finished.modelVersion}`);
    return { modelVersion: finished.modelVersion, seconds: finished.seconds };
  }
  const { weights, curve, seconds } = await trainOrGoOn(setup, seed, place, say);
  const ready = await calibrated(weights);
  const { architecture, categories, learnedBefore } = start;
  const facts = { encoderVersion, architecture, categories, learnedBefore, variant };
  const { modelVersion } = await saveModel(place.folder, facts, ready);
  disposeWeights(weights);
  disposeWeights(ready);
  if (setup.validation.length > 0) {
    await writeFile(join(place.folder, TRAINING_CURVE), drawTrainingCurve(curve, scoreNameOf(setup.validation)));
  }
  await place.finish({ modelVersion, seconds });
  return { modelVersion, seconds };
}

async function calibrateByValidation(
  plan: TrainingPlan,
  weights: Weights,
  say: (line: string) => void,
): Promise<Weights> {
  const obstacle = whyNotCalibrated(plan);
  if (obstacle !== undefined) {
    say(`Not calibrating: ${obstacle}`);
    return weights;
  }
  say("Calibrating on the validation groups");
  const { start, validation, toBatch } = plan.first;
  const { weights: calibrated } = await calibrate(weights, async (judged) =>
    withCovers(await judgeGroups(start.architecture, judged, validation, toBatch)),
  );
  return calibrated;
}

async function trainOrGoOn(
  setup: TrainingSetup,
  seed: number,
  place: TrainingFolder,
  say: (line: string) => void,
): Promise<Extract<TrainingEnd, { kind: "trained" }>> {
  const { about, start, steps, validation, toBatch } = setup;
  const { architecture } = start;
  await mkdir(place.folder, { recursive: true });
  const from = await place.checkpoint.read(say);
  const stop = listenForStop();
  say(
    from
      ? `Resuming at step ${group(from.step)} of ${group(steps)} ${about} (seed ${seed})`
      : `Training ${group(steps)} steps ${about} (seed ${seed})`,
  );
  const display = showTraining(steps, from?.step ?? 0, validation.length > 0 ? scoreNameOf(validation) : undefined);
  try {
    const end = await trainWeights(
      {
        ...{ architecture, steps, toBatch, labels: setup.labels, rateShare: start.rateShare, seed },
        weights: start.weightsFor(seed),
        stream: setup.streamOf(seed),
        validate:
          validation.length > 0
            ? async (weights) =>
                validationScore(await judgeGroups(architecture, weights, validation, toBatch), setup.categories)
            : undefined,
      },
      {
        from,
        keep: (state) => place.checkpoint.write(state),
        shouldStop: () => stop.signal !== undefined,
        onStep: (progress) => display.update(progress),
      },
    );
    if (end.kind === "stopped") throw new TrainingStoppedError(stop.signal ?? "SIGTERM", end.step, steps);
    return end;
  } finally {
    display.stop();
    stop.release();
  }
}

/** The model as it was written: what is told of it is told of these very bytes. */
async function judgeFolder(setup: TrainingSetup, { folder }: TrainingFolder): Promise<Validated> {
  const { description, weights } = await loadModel(folder);
  const judged = await judgeGroups(description.architecture, weights, setup.validation, setup.toBatch);
  const calibration = await calibrationOf(weights);
  disposeWeights(weights);
  return { calibration, judged, score: validationScore(judged, setup.categories) };
}

function group(number: number): string {
  return number.toLocaleString("en");
}
