import { FacetError } from "@facet/domain";

/** Thrown when an address is none that the service fetches from: by its form, its host, or where that host really is. */
export class UrlNotAllowedError extends FacetError {
  readonly code = "URL_NOT_ALLOWED";
}

/** Thrown when an address is one that may be fetched, but nothing comes from there. */
export class UrlNotReachableError extends FacetError {
  readonly code = "URL_NOT_REACHABLE";
}

/** Thrown when what comes from an address is larger than what is taken. Nothing is kept of it. */
export class RemoteFileTooLargeError extends FacetError {
  readonly code = "LIMIT_EXCEEDED";
  constructor(host: string, maxBytes: number) {
    super(`The file at ${host} is larger than ${maxBytes} bytes.`);
  }
}
