import { FacetError, type Skipped } from "@facet/domain";

/** Thrown when a picture handed to the encoder is not as many bytes as the backbone's input takes. */
export class ImageSizeError extends FacetError {
  readonly code = "IMAGE_SIZE";
  constructor(
    /** Which picture of those handed in, 0-based. */
    readonly position: number,
    readonly bytes: number,
    readonly expected: number,
  ) {
    super(`Image ${position} has ${bytes} bytes: the encoder takes ${expected} (height x width x RGB).`);
  }
}

/** Thrown when a picture handed to the encoder is no Uint8Array, though it may be as many bytes. */
export class ImageTypeError extends FacetError {
  readonly code = "IMAGE_TYPE";
  constructor(
    /** Which picture of those handed in, 0-based. */
    readonly position: number,
  ) {
    super(`Image ${position} is no Uint8Array: the encoder takes bytes (height x width x RGB).`);
  }
}

/** Thrown when an encoder is to be loaded with an option that cannot be used. */
export class EncoderOptionError extends FacetError {
  readonly code = "ENCODER_OPTION";
  constructor(
    /** Such as `picture.height`. */
    readonly option: string,
    problem: string,
  ) {
    super(`The encoder's option "${option}" ${problem}`);
  }
}

/** Thrown when a file that describes a backbone cannot be read or written, or one of its fields cannot be used. */
export class BackboneFileError extends FacetError {
  readonly code = "BACKBONE_FILE";
  constructor(
    /** As it was given. */
    readonly file: string,
    /** Such as `input.range`; undefined where the file as a whole is at fault. */
    readonly field: string | undefined,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${field === undefined ? "" : `"${field}" `}${problem}`, options);
  }
}

/** Thrown when a backbone's files are missing, broken, or do not fit each other. */
export class BackboneFilesError extends FacetError {
  readonly code = "BACKBONE_FILES";
  constructor(
    readonly backbone: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`The backbone "${backbone}" cannot be read: ${problem}`, options);
  }
}

/**
 * Thrown when a field of a backbone's description cannot be used, or does not fit its network: a tap that is not there, an
 * output of another shape.
 */
export class BackboneDescriptionError extends FacetError {
  readonly code = "BACKBONE_DESCRIPTION";
  constructor(
    readonly backbone: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`The backbone "${backbone}" cannot be used as it is described: ${problem}`, options);
  }
}

/** Thrown when none of the tensor backends offered can be used here. */
export class NoBackendError extends FacetError {
  readonly code = "NO_BACKEND";
  constructor(readonly skipped: readonly Skipped[]) {
    super(
      `No tensor backend can be used: ${skipped.map((s) => `${s.name} (${s.reason})`).join(", ") || "none given"}.`,
    );
  }
}

/** Thrown when an encoder is asked after it was disposed. */
export class EncoderDisposedError extends FacetError {
  readonly code = "ENCODER_DISPOSED";
  constructor() {
    super("The feature encoder was disposed: load another one.");
  }
}

/** Thrown when an engine cannot run a backbone that another one may run: its network holds what was not translated. */
export class UntranslatedNetworkError extends FacetError {
  readonly code = "UNTRANSLATED_NETWORK";
  constructor(
    readonly backbone: string,
    problem: string,
  ) {
    super(`The backbone "${backbone}" cannot be translated: ${problem}`);
  }
}

/** Thrown when none of the engines offered can run the backbone here. */
export class NoEngineError extends FacetError {
  readonly code = "NO_ENGINE";
  constructor(readonly skipped: readonly Skipped[]) {
    super(
      `No engine can run the encoder: ${skipped.map((s) => `${s.name} (${s.reason})`).join(", ") || "none given"}.`,
    );
  }
}
