export { OnnxProgramReleasedError, OnnxResultError } from "./errors.js";
export { importOnnxRuntime } from "./import-onnx-runtime.js";
export { OnnxGraph } from "./onnx-graph.js";
export type { Attribute, TensorType, Value } from "./onnx-graph.js";
export { OnnxProgram } from "./onnx-program.js";
export type { Numbers, OnnxProgramOptions } from "./onnx-program.js";
export type { OnnxRuntime, OnnxSession, OnnxSessionOptions, OnnxTensor, TensorData } from "./onnx-runtime.js";
