import { Presets, SingleBar } from "cli-progress";
import { RECIPE } from "./recipe.js";
import type { TrainingProgress } from "./train-weights.js";

/** Share of the older mean in the loss that is shown: one batch's loss says little. */
const SMOOTHING = 0.95;

export interface TrainingDisplay {
  update(progress: TrainingProgress): void;
  stop(): void;
}

/** A bar with loss, validation hit@1 and time left on a terminal; a line at each validation elsewhere. */
export function showTraining(steps: number): TrainingDisplay {
  const started = Date.now();
  const bar = process.stderr.isTTY ? startBar(steps) : undefined;
  let smoothed: number | undefined;
  return {
    update({ step, loss, hitAt1 }) {
      smoothed = smoothed === undefined ? loss : SMOOTHING * smoothed + (1 - SMOOTHING) * loss;
      const shown = {
        loss: smoothed.toFixed(3),
        hit: hitAt1 === undefined ? "-" : `${(hitAt1 * 100).toFixed(1)}%`,
      };
      bar?.update(step, shown);
      if (bar || (step % RECIPE.validateEvery !== 0 && step !== steps)) return;
      const seconds = (Date.now() - started) / 1000;
      const left = Math.round((seconds / step) * (steps - step));
      process.stderr.write(
        `Training: step ${step} of ${steps}, loss ${shown.loss}, validation hit@1 ${shown.hit}, ` +
          `${Math.round((seconds / step) * 1000)} ms a step, ${left} s left\n`,
      );
    },
    stop: () => bar?.stop(),
  };
}

function startBar(steps: number): SingleBar {
  const format = "Training {bar} {value}/{total}  loss {loss}  validation hit@1 {hit}  {eta_formatted} left";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  bar.start(steps, 0, { loss: "-", hit: "-" });
  return bar;
}
