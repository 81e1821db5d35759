export { readBackboneFile, writeBackboneFolder } from "./backbone-file.js";
export type {
  Backbone,
  BackboneInput,
  BackboneSource,
  PictureSize,
  PixelRange,
  Pooling,
  UnsafeClasses,
  Views,
} from "./backbone.js";
export type { EncoderEngine, EncoderNetwork } from "./engine.js";
export {
  BackboneDescriptionError,
  BackboneFileError,
  BackboneFilesError,
  EncoderDisposedError,
  EncoderOptionError,
  ImageSizeError,
  ImageTypeError,
  NoBackendError,
  NoEngineError,
  UntranslatedNetworkError,
} from "./errors.js";
export { loadFeatureEncoder } from "./feature-encoder.js";
export type { EncodedImage, FeatureEncoder, FeatureEncoderOptions } from "./feature-encoder.js";
export { inceptionV3 } from "./inception-v3.js";
export type { ModelArtifacts, WeightSpec } from "./model-artifacts.js";
export { mobileNetV2Mid } from "./mobilenet-v2-mid.js";
export { mobileNetV2 } from "./mobilenet-v2.js";
export { onnxEngine } from "./onnx/onnx-engine.js";
export { selectBackend } from "./tensorflow/select-backend.js";
export type { BackendCandidate, SelectedBackend } from "./tensorflow/select-backend.js";
export { tensorflowEngine } from "./tensorflow/tensorflow-engine.js";
