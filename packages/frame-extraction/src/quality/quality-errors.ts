import { FacetError } from "@facet/domain";

/** Thrown when bytes do not make the picture that they are said to be. */
export class RgbSizeError extends FacetError {
  readonly code = "RGB_SIZE";
  constructor(
    readonly bytes: number,
    readonly width: number,
    readonly height: number,
  ) {
    super(
      `${bytes} bytes are no picture of ${width} x ${height} px: it takes whole sides from 3 px, and 3 bytes a pixel.`,
    );
  }
}

/** Thrown when a measure or an unsafe score is no number, or none that it can be. */
export class QualityValueError extends FacetError {
  readonly code = "QUALITY_VALUE";
  constructor(
    /** As `sharpness`. */
    readonly measure: string,
    readonly value: unknown,
    most: number,
  ) {
    super(`${measure} is a number from 0${most === Infinity ? "" : ` to ${most}`}, not ${String(value)}.`);
  }
}
