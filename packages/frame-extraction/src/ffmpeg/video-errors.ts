import { FacetError } from "@facet/domain";

/** Thrown when a file is no video that can be decoded: empty, damaged, missing, or of a kind that is not accepted. */
export class UnreadableVideoError extends FacetError {
  readonly code = "UNREADABLE_VIDEO";
  constructor(
    /** The file's name, without its folder. */
    readonly source: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`"${source}" cannot be read as a video: ${problem}.`, options);
  }
}

/** Thrown when a file can be read, but holds sound or single pictures only. */
export class NoVideoStreamError extends FacetError {
  readonly code = "NO_VIDEO_STREAM";
  constructor(readonly source: string) {
    super(`"${source}" has no video stream.`);
  }
}

/** Thrown when no frame of a video is fit to be a cover: every frame is blank or black. */
export class NoCandidateFramesError extends FacetError {
  readonly code = "NO_CANDIDATE_FRAMES";
  constructor(
    readonly source: string,
    readonly decoded: number,
  ) {
    super(`"${source}" has no usable frame: ${decoded} decoded, all of them blank or black.`);
  }
}

/** Thrown when a video is larger, longer or slower to decode than the limits allow. */
export class VideoLimitError extends FacetError {
  readonly code = "LIMIT_EXCEEDED";
  constructor(
    readonly source: string,
    problem: string,
  ) {
    super(`"${source}" ${problem}.`);
  }
}

export function frameTooLarge(source: string, width: number, height: number, maxPixels: number): VideoLimitError {
  return new VideoLimitError(source, `has frames of ${width} x ${height} px; the limit is ${maxPixels} pixels`);
}
