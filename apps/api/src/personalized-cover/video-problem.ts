import type { Video, VideoStatus } from "../generated/prisma/client.js";
import type { VideoFailure, VideoFailureCode } from "../generated/resolver-types.js";
import { ApiError } from "../graphql/errors.js";

/** Why a video has no cover to give: what a page holds in the place of one, and what a single query throws. */
export type VideoProblem = VideoNotFound | VideoNotReady;

export interface VideoNotFound {
  readonly code: "VIDEO_NOT_FOUND";
  readonly videoId: string;
  readonly message: string;
}

export interface VideoNotReady {
  readonly code: "VIDEO_NOT_READY";
  readonly videoId: string;
  readonly message: string;
  readonly status: Exclude<VideoStatus, "READY">;
  /** When to ask again; absent where waiting does not help. */
  readonly retryAfterSeconds?: number;
  readonly failure?: VideoFailure;
}

/** What a caller is told to wait: for a worker to take the video up, and for one to be done with it. */
const RETRY_AFTER_SECONDS = { PENDING: 10, PROCESSING: 5 } as const;

export function videoNotFound(videoId: string, message = `No video "${videoId}" is registered.`): VideoNotFound {
  return { code: "VIDEO_NOT_FOUND", videoId, message };
}

/** Undefined where covers can be asked for. A failed ingest does not end by waiting: only the others get a hint when to ask again. */
export function findProblem({ id: videoId, status, failureCode, failureMessage }: Video): VideoNotReady | undefined {
  if (status === "READY") return undefined;
  const code = "VIDEO_NOT_READY";
  if (status === "FAILED") {
    const failure = {
      code: (failureCode ?? "INTERNAL_ERROR") as VideoFailureCode,
      message: failureMessage ?? "Its ingest failed.",
    };
    return { code, videoId, status, failure, message: `Video "${videoId}" has no covers: ${failure.message}` };
  }
  const retryAfterSeconds = RETRY_AFTER_SECONDS[status];
  return { code, videoId, status, retryAfterSeconds, message: `Video "${videoId}" is still being ingested.` };
}

export function toApiError({ code, message, ...details }: VideoProblem): ApiError {
  return new ApiError(code, message, details);
}
