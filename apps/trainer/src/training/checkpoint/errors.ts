import { FacetError } from "@facet/domain";

/** Thrown when the folder to write to holds the beginning of another training, or its end. */
export class CheckpointMismatchError extends FacetError {
  readonly code = "CHECKPOINT_MISMATCH";
  constructor(
    /** The file, as the person would find it. */
    readonly file: string,
    /** What is not the same, in words. */
    readonly differences: readonly string[],
  ) {
    super(
      `${file} is of another training: not the same are ${differences.join(", ")}. Start that training's command again ` +
        `to go on with it, give another --out, or say --restart to discard it.`,
    );
  }
}

/** Thrown when a checkpoint holds anything but what was written: cut off, changed, or of another version of Facet. */
export class CheckpointDamagedError extends FacetError {
  readonly code = "CHECKPOINT_DAMAGED";
  constructor(problem: string, options?: ErrorOptions) {
    super(`The checkpoint is damaged: ${problem}.`, options);
  }
}

/** Thrown when a signal ended training; what was done is in the checkpoint. */
export class TrainingStoppedError extends FacetError {
  readonly code = "TRAINING_STOPPED";
  constructor(
    readonly signal: StopSignal,
    readonly step: number,
    readonly steps: number,
  ) {
    super(`Stopped by ${signal} after step ${step} of ${steps}. The same command started again goes on from there.`);
  }
}

export type StopSignal = "SIGINT" | "SIGTERM";
