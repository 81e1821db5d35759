import type { VideoId } from "@facet/domain";
import type { Video } from "../generated/prisma/client.js";
import { ApiError } from "../graphql/errors.js";

/** What a caller is told to wait before asking again for the cover of a video in ingest. */
const RETRY_AFTER_SECONDS = 5;

export function videoNotFound(videoId: VideoId): ApiError {
  return new ApiError("VIDEO_NOT_FOUND", `No video "${videoId}" is registered.`, { videoId });
}

/** A failed ingest does not end by waiting: only the others get a hint when to ask again. */
export function videoNotReady({ id: videoId, status, failureCode, failureMessage }: Video): ApiError {
  if (status === "FAILED") {
    const failure = { code: failureCode, message: failureMessage };
    return new ApiError(
      "VIDEO_NOT_READY",
      `Video "${videoId}" has no covers: ${failureMessage ?? "its ingest failed."}`,
      {
        ...{ videoId, status, failure },
      },
    );
  }
  const details = { videoId, status, retryAfterSeconds: RETRY_AFTER_SECONDS };
  return new ApiError("VIDEO_NOT_READY", `Video "${videoId}" is still being ingested.`, details);
}
