import { FacetError } from "@facet/domain";

/** Thrown when a runtime gives something else than 32-bit real numbers for a result. */
export class OnnxResultError extends FacetError {
  readonly code = "ONNX_RESULT";
  constructor(readonly result: string) {
    super(`The ONNX runtime gave no 32-bit numbers for "${result}".`);
  }
}

/** Thrown when a program is run after it was released. */
export class OnnxProgramReleasedError extends FacetError {
  readonly code = "ONNX_PROGRAM_RELEASED";
  constructor() {
    super("The ONNX program was released: compile another one.");
  }
}
