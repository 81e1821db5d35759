export { extractFrames } from "./extract-frames.js";
export type { ExtractionOptions, ExtractionProgress } from "./extract-frames.js";
export type { ExtractedFrame } from "./extracted-frame.js";
export { findFfmpeg } from "./ffmpeg/find-ffmpeg.js";
export type { FfmpegTools } from "./ffmpeg/find-ffmpeg.js";
export { probeVideo } from "./ffmpeg/probe-video.js";
export type { ProbeOptions, VideoFacts } from "./ffmpeg/probe-video.js";
export {
  DecoderError,
  DecoderStoppedError,
  DecoderUnavailableError,
  JpegsFailedError,
} from "./ffmpeg/decoder-errors.js";
export {
  NoCandidateFramesError,
  NoVideoStreamError,
  UnreadableVideoError,
  VideoLimitError,
} from "./ffmpeg/video-errors.js";
export { DEFAULT_VIDEO_LIMITS } from "./ffmpeg/video-limits.js";
export type { VideoLimits } from "./ffmpeg/video-limits.js";
export { InvalidLimitError } from "./limits/invalid-limit-error.js";
export type { GivenLimits } from "./limits/read-limits.js";
export { InvalidPictureError, PictureTooLargeError } from "./picture/picture-errors.js";
export { DEFAULT_PICTURE_LIMITS, readPicture } from "./picture/read-picture.js";
export type { Picture, PictureLimits, PictureMime } from "./picture/read-picture.js";
export { measureQuality } from "./quality/measure-quality.js";
export { QualityValueError, RgbSizeError } from "./quality/quality-errors.js";
export { qualityScore } from "./quality/quality-score.js";
export type { MeasureWeights, QualityWeights } from "./quality/measure-weights.js";
export { InvalidRuleError } from "./targets/invalid-rule-error.js";
export type { ShotsRule, TargetRule } from "./targets/target-rule.js";
