import { FacetError } from "@facet/domain";

/** Thrown when options of `train` do not go together, or name what is not there. */
export class TrainingInputError extends FacetError {
  readonly code = "TRAINING_INPUT";
}

/** Thrown when the model to go on from takes features of another encoder than the pictures are encoded by. */
export class StartingModelError extends FacetError {
  readonly code = "STARTING_MODEL";
  constructor(
    readonly folder: string,
    readonly trainedOn: string,
    readonly encodedBy: string,
  ) {
    super(
      `${folder} takes features of the encoder ${trainedOn}, and the pictures are encoded by ${encodedBy}. Go on from a ` +
        `model of that encoder (--from), or give the backbone that this one was trained with (--backbone).`,
    );
  }
}
