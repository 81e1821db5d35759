/** Numbers of one tensor, row after row. */
export type TensorData = Float32Array | Uint8Array | Int32Array;

export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface OnnxSession {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/**
 * What is needed of ONNX Runtime's JavaScript interface. The npm packages `onnxruntime-node` and `onnxruntime-web` are of
 * this shape; an app imports the one that it has and passes it on.
 */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: OnnxSessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: "float32" | "uint8" | "int32", data: TensorData, dims: readonly number[]) => OnnxTensor;
}

export interface OnnxSessionOptions {
  readonly intraOpNumThreads?: number;
  readonly interOpNumThreads?: number;
  readonly graphOptimizationLevel?: "disabled" | "basic" | "extended" | "all";
  readonly enableMemPattern?: boolean;
  readonly logSeverityLevel?: 0 | 1 | 2 | 3 | 4;
  /** Its own settings, by the parts of their names. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
