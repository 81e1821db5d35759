import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { disposeWeights, loadModel, saveModel, type Weights } from "@facet/interest-attention/training";
import { calibrate, calibrationOf, FEWEST_TO_CALIBRATE, type Calibration } from "./calibrate.js";
import { TrainingStoppedError } from "./checkpoint/errors.js";
import { isCoverKnown } from "../groups/training-group.js";
import type { SeedFolder } from "./seed-folder.js";
import { showTraining } from "./show-training.js";
import { listenForStop } from "./stop-signals.js";
import { trainWeights, type TrainingEnd } from "./train-weights.js";
import { drawTrainingCurve } from "./training-curve.js";
import type { TrainingSetup } from "./training-setup.js";
import type { VariantName } from "./variant-names.js";
import { judgeGroups, scoreNameOf, validationScore, withCovers, type JudgedGroup } from "./validate.js";

/** A seed that was trained to its end; its model is in its folder. */
export interface TrainedSeed {
  readonly seed: number;
  readonly folder: string;
  readonly modelVersion: string;
  readonly calibration: Calibration;
  /** Spent on training. */
  readonly seconds: number;
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
  setup: TrainingSetup,
  place: SeedFolder,
  variant: VariantName,
  say: (line: string) => void,
): Promise<TrainedSeed> {
  const finished = await place.readFinished();
  if (finished) {
    say(`Seed ${place.seed} is trained: ${finished.modelVersion}`);
    return judgeFolder(setup, place, finished.seconds);
  }
  const { weights, curve, seconds } = await trainOrGoOn(setup, place, say);
  const judge = (judged: Weights) => judgeGroups(setup.start.architecture, judged, setup.validation, setup.toBatch);
  const known = setup.validation.filter(isCoverKnown).length;
  say(
    known < FEWEST_TO_CALIBRATE
      ? `Not calibrating: the cover of ${known} validation groups is known, and it takes ${FEWEST_TO_CALIBRATE}`
      : "Calibrating on the validation groups",
  );
  const { weights: calibrated } = await calibrate(weights, async (judged) => withCovers(await judge(judged)));
  const { architecture, categories } = setup.start;
  const facts = { encoderVersion: setup.encoderVersion, architecture, categories: [...categories], variant };
  const { modelVersion } = await saveModel(place.folder, facts, calibrated);
  disposeWeights(weights);
  disposeWeights(calibrated);
  await writeFile(join(place.folder, "training-curve.svg"), drawTrainingCurve(curve, scoreNameOf(setup.validation)));
  await place.finish({ modelVersion, seconds });
  return judgeFolder(setup, place, seconds);
}

async function trainOrGoOn(
  setup: TrainingSetup,
  place: SeedFolder,
  say: (line: string) => void,
): Promise<Extract<TrainingEnd, { kind: "trained" }>> {
  const { start, steps, validation, toBatch } = setup;
  const { architecture } = start;
  await mkdir(place.folder, { recursive: true });
  const from = await place.checkpoint.read(say);
  const stop = listenForStop();
  say(
    from
      ? `Resuming at step ${group(from.step)} of ${group(steps)} (seed ${place.seed})`
      : `Training ${group(steps)} steps (seed ${place.seed})`,
  );
  const display = showTraining(steps, from?.step ?? 0, scoreNameOf(validation));
  try {
    const end = await trainWeights(
      {
        ...{ architecture, steps, toBatch, labels: setup.labels, rateShare: start.rateShare, seed: place.seed },
        weights: start.weightsFor(place.seed),
        stream: setup.streamOf(place.seed),
        validate: async (weights) =>
          validationScore(await judgeGroups(architecture, weights, validation, toBatch), setup.categories),
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
async function judgeFolder(setup: TrainingSetup, { folder, seed }: SeedFolder, seconds: number): Promise<TrainedSeed> {
  const { description, weights } = await loadModel(folder);
  const { architecture, modelVersion } = description;
  const judged = await judgeGroups(architecture, weights, setup.validation, setup.toBatch);
  const calibration = await calibrationOf(weights);
  disposeWeights(weights);
  const score = validationScore(judged, setup.categories);
  return { seed, folder, modelVersion, calibration, seconds, judged, score };
}

function group(number: number): string {
  return number.toLocaleString("en");
}
