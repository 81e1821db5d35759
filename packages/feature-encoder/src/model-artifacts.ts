/**
 * The parts of a model as TensorFlow.js stores it. Its own `io.ModelArtifacts` is one of these, and may be given wherever one
 * is taken: the type is written out here, so that whoever compiles against this package needs none of that library's types.
 */
export interface ModelArtifacts {
  /** A graph's nodes, or Keras' layers, as `model.json` has them. */
  modelTopology?: object;
  /** `graph-model` or `layers-model`. */
  format?: string;
  signature?: object;
  userDefinedMetadata?: Record<string, object>;
  /** In the order of `weightData`. */
  weightSpecs?: WeightSpec[];
  /** Bytes of all weights, behind one another. */
  weightData?: ArrayBuffer | ArrayBuffer[];
}

/** What a weight is, beside its bytes. */
export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: "float32" | "int32" | "bool" | "string" | "complex64";
  group?: "model" | "optimizer";
  /** How it was made smaller: a number is `stored x scale + min`. */
  quantization?: { scale?: number; min?: number; dtype: "uint16" | "uint8" | "float16" };
}
