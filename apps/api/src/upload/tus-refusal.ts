import { FacetError } from "@facet/domain";
import { UploadTooLargeError } from "./upload-store.js";

/** Thrown of a resumable upload that is announced to hold nothing: nothing could come of it. */
export class EmptyUploadError extends FacetError {
  readonly code = "BAD_USER_INPUT";
  constructor() {
    super("Upload-Length is 0: an upload holds at least 1 byte.");
  }
}

/** How the protocol's library wants to be told what to answer. */
export interface TusRefusal {
  readonly status_code: number;
  readonly body: string;
}

export interface UploadSizes {
  readonly maxBytes: number;
  /** Undefined where the caller has not said it. */
  readonly announcedBytes: number | undefined;
}

/** What the caller is told of a fault that is the caller's own; undefined of any other, which may name files of ours. */
export function toRefusal(error: Error | TusRefusal, sizes: UploadSizes): TusRefusal | undefined {
  if (error instanceof EmptyUploadError) return { status_code: 400, body: error.message };
  if ("status_code" in error && error.status_code === 413) return { status_code: 413, body: nameLimit(sizes) };
  if (error instanceof Error) return undefined;
  // An extension that is not there: clients would repeat a request that was answered so.
  if (error.status_code === 501) return { status_code: 400, body: error.body };
  return error;
}

function nameLimit({ maxBytes, announcedBytes = Infinity }: UploadSizes): string {
  if (announcedBytes > maxBytes) return new UploadTooLargeError(maxBytes).message;
  return `The upload is larger than the ${announcedBytes} bytes that it was announced with.`;
}
