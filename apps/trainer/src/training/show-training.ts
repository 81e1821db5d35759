import { Presets, SingleBar } from "cli-progress";
import { percent } from "../evaluation/figures.js";
import { RECIPE } from "./recipe.js";
import type { TrainingProgress } from "./train-weights.js";
import type { ScoreName } from "./validate.js";

/** Share of the older mean in the loss that is shown: one batch's loss says little. */
const SMOOTHING = 0.95;

export interface TrainingDisplay {
  update(progress: TrainingProgress): void;
  stop(): void;
}

/**
 * A bar with loss, validation score and time left on a terminal; a line every so many steps elsewhere.
 *
 * @param first steps that were done before
 * @param score of the validation; undefined where there is none
 */
export function showTraining(steps: number, first: number, score: ScoreName | undefined): TrainingDisplay {
  const started = Date.now();
  const bar = process.stderr.isTTY ? startBar(steps, first) : undefined;
  let smoothed: number | undefined;
  return {
    update({ step, loss, hitAt1 }) {
      smoothed = smoothed === undefined ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
      const hit = hitAt1 === undefined ? "-" : `${percent(hitAt1)}%`;
      const shown = {
        loss: smoothed.toFixed(3),
        validation: score === undefined ? "" : `  validation ${score} ${hit}`,
      };
      bar?.update(step, shown);
      if (bar || (step % RECIPE.validateEvery !== 0 && step !== steps)) return;
      const perStep = (Date.now() - started) / (step - first);
      const left = Math.round((perStep / 1000) * (steps - step));
      process.stderr.write(
        [
          `Training: step ${step} of ${steps}`,
          `loss ${shown.loss}`,
          ...(score === undefined ? [] : [`validation ${score} ${hit}`]),
        ]
          .concat(`${Math.round(perStep)} ms a step`, `${left} s left`)
          .join(", ") + "\n",
      );
    },
    stop: () => bar?.stop(),
  };
}

function startBar(steps: number, first: number): SingleBar {
  const format = "Training {bar} {value}/{total}  loss {loss}{validation}  {eta_formatted} left";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(steps, first, { loss: "-", validation: "" });
  return bar;
}
