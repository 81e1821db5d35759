import { FacetError } from "@facet/domain";

/** Which trained scorer an error is about. */
export interface ScorerName {
  /** Id of the method that it is judged as. */
  readonly id: string;
  /** Undefined for the one that comes with the package. */
  readonly folder: string | undefined;
}

/** Thrown when a folder that is to be judged holds no sound model. */
export class UnusableModelError extends FacetError {
  readonly code = "UNUSABLE_MODEL";
  constructor(
    readonly scorer: ScorerName,
    cause: FacetError,
  ) {
    super(`${describe(scorer)} cannot be judged. ${cause.message}`, { cause });
  }
}

/** Thrown when a scorer was trained on features of another encoder than the photos are encoded by. */
export class EncoderMismatchError extends FacetError {
  readonly code = "ENCODER_MISMATCH";
  constructor(
    readonly scorer: ScorerName,
    readonly trainedOn: Encoder,
    readonly encodedBy: Encoder,
    advice: string,
  ) {
    super(
      `${describe(scorer)} takes ${trainedOn.width} numbers of the encoder ${trainedOn.version}, ` +
        `and the photos are encoded as ${encodedBy.width} numbers by ${encodedBy.version}. ${advice}`,
    );
  }
}

export interface Encoder {
  readonly version: string;
  readonly width: number;
}

function describe({ id, folder }: ScorerName): string {
  return folder === undefined ? `The ${id} model` : `The model in ${folder}, "${id}",`;
}
