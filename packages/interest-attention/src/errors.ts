import { FacetError, type Skipped } from "@facet/domain";

/**
 * Thrown when a model folder cannot be used: a file is missing, broken, of another format, or holds what is no number; or
 * when one that could not be used is to be written.
 */
export class ModelFilesError extends FacetError {
  readonly code = "MODEL_FILES";
  constructor(
    /** Which of the folder's files, by name. */
    readonly file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`The scorer's ${file} cannot be used: ${problem}`, options);
  }
}

/** Thrown when weights in memory lack one that the method reads. */
export class MissingWeightError extends FacetError {
  readonly code = "MISSING_WEIGHT";
  constructor(readonly weight: string) {
    super(`The model has no weight "${weight}".`);
  }
}

/** Thrown when a feature is not as wide as those the model was trained on: another encoder made it. */
export class FeatureWidthError extends FacetError {
  readonly code = "FEATURE_WIDTH";
  constructor(
    /** Which feature: "liked image 3 of history 0". */
    readonly feature: string,
    /** Numbers that it has. */
    readonly width: number,
    readonly expected: number,
  ) {
    super(`The feature of ${feature} has ${width} numbers: the model takes ${expected}.`);
  }
}

/** Thrown when a feature holds NaN, an infinity, or a number too large to calculate with. */
export class FeatureValueError extends FacetError {
  readonly code = "FEATURE_VALUE";
  constructor(
    /** Which feature: "liked image 3 of history 0". */
    readonly feature: string,
    /** The largest magnitude that is taken. */
    readonly limit: number,
  ) {
    const end = limit.toExponential();
    super(`The feature of ${feature} holds a value that is no number from -${end} to ${end}.`);
  }
}

/** Thrown when a history has no liked image: then the scorer is not asked, and the cover is the best by quality. */
export class EmptyHistoryError extends FacetError {
  readonly code = "EMPTY_HISTORY";
  constructor(
    /** Which of the histories handed in, 0-based. */
    readonly history: number,
  ) {
    super(`History ${history} has no liked image: it takes at least 1.`);
  }
}

/** Thrown when a request has no candidate frame. */
export class EmptyCandidateSetError extends FacetError {
  readonly code = "EMPTY_CANDIDATE_SET";
  constructor(
    /** Which of the requests handed in, 0-based. */
    readonly request: number,
  ) {
    super(`Request ${request} has no candidate frame: it takes at least 1.`);
  }
}

/** Thrown when a description was made by another model than the one asked to score with it. */
export class DescriptionVersionError extends FacetError {
  readonly code = "DESCRIPTION_VERSION";
  constructor(
    readonly madeBy: string,
    readonly expected: string,
  ) {
    super(`The history interest description was made by model "${madeBy}": this is "${expected}". Describe it anew.`);
  }
}

/** Thrown when a part of a description is not as the model made it: cut short, of another type, or no number. */
export class DescriptionError extends FacetError {
  readonly code = "DESCRIPTION";
  constructor(
    /** Which of the requests handed in, 0-based. */
    readonly request: number,
    readonly part: "likedImages" | "states" | "kindMean" | "directions",
    problem: string,
  ) {
    super(`The history interest description of request ${request} cannot be read: "${part}" ${problem}`);
  }
}

/** Thrown when a scorer is asked after `dispose`. */
export class ScorerDisposedError extends FacetError {
  readonly code = "SCORER_DISPOSED";
  constructor() {
    super("The scorer was disposed of.");
  }
}

/** Thrown when none of the engines offered can run the scorer here. */
export class NoScorerEngineError extends FacetError {
  readonly code = "NO_SCORER_ENGINE";
  constructor(readonly skipped: readonly Skipped[]) {
    super(`No engine can run the scorer: ${skipped.map((s) => `${s.name} (${s.reason})`).join(", ") || "none given"}.`);
  }
}
