import type { VideoId } from "@facet/domain";
import type { VideoFailure } from "../generated/resolver-types.js";
import { ApiError } from "../graphql/errors.js";

/** What a caller is told to wait before asking again for the cover of a video in ingest. */
const RETRY_AFTER_SECONDS = 5;

export function videoNotFound(videoId: VideoId): ApiError {
  return new ApiError("VIDEO_NOT_FOUND", `No video "${videoId}" is registered.`, { videoId });
}

/** A failed ingest does not end by waiting: only the others get a hint when to ask again. */
export function videoNotReady(
  videoId: VideoId,
  state: { readonly status: "PENDING" | "PROCESSING" } | { readonly status: "FAILED"; readonly failure: VideoFailure },
): ApiError {
  if (state.status === "FAILED") {
    const { failure } = state;
    return new ApiError("VIDEO_NOT_READY", `Video "${videoId}" has no covers: ${failure.message}`, {
      videoId,
      ...state,
      failure: { code: failure.code, message: failure.message },
    });
  }
  return new ApiError("VIDEO_NOT_READY", `Video "${videoId}" is still being ingested.`, {
    videoId,
    ...state,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
