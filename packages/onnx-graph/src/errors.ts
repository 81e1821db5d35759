import { FacetError } from "@facet/domain";

/** Thrown when a runtime gives something else than 32-bit real numbers for a result. */
export class OnnxResultError extends FacetError {
  readonly code = "ONNX_RESULT";
  constructor(readonly result: string) {
    super(`The ONNX runtime gave no 32-bit numbers for "${result}".`);
  }
}
