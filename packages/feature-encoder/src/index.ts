export type { Backbone, BackboneInput, BackboneSource, UnsafeClasses } from "./backbone.js";
export {
  BackboneDescriptionError,
  BackboneFilesError,
  EncoderDisposedError,
  ImageSizeError,
  NoBackendError,
} from "./errors.js";
export { loadFeatureEncoder } from "./feature-encoder.js";
export type { EncodedImage, FeatureEncoder, FeatureEncoderOptions } from "./feature-encoder.js";
export { mobileNetV2Mid } from "./mobilenet-v2-mid.js";
export { selectBackend } from "./select-backend.js";
export type { BackendCandidate, SelectedBackend } from "./select-backend.js";
