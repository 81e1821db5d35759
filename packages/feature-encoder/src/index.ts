export { readBackboneFile, writeBackboneFolder } from "./backbone-file.js";
export type {
  Backbone,
  BackboneInput,
  BackboneSource,
  PictureSize,
  PixelRange,
  UnsafeClasses,
  Views,
} from "./backbone.js";
export {
  BackboneDescriptionError,
  BackboneFileError,
  BackboneFilesError,
  EncoderDisposedError,
  ImageSizeError,
  NoBackendError,
} from "./errors.js";
export { loadFeatureEncoder } from "./feature-encoder.js";
export type { EncodedImage, FeatureEncoder, FeatureEncoderOptions } from "./feature-encoder.js";
export { inceptionV3 } from "./inception-v3.js";
export { mobileNetV2Mid } from "./mobilenet-v2-mid.js";
export { mobileNetV2 } from "./mobilenet-v2.js";
export { selectBackend } from "./select-backend.js";
export type { BackendCandidate, SelectedBackend } from "./select-backend.js";
