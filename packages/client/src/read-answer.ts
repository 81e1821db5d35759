import { FacetRequestError } from "./errors.js";
import { readRetryAfter, type Answer } from "./send.js";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What an operation of GraphQL gave.
 *
 * @throws FacetRequestError with the first error's code; UNEXPECTED_ANSWER where it is no answer of GraphQL
 */
export function readData({ answer, bytes }: Answer): JsonObject {
  const { data, errors } = readJson(bytes);
  if (errors === undefined && answer.ok && isObject(data)) return data;
  const error: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isObject(error) || typeof error["message"] !== "string") throw unexpected(answer);
  const { code, ...details } = isObject(error["extensions"]) ? error["extensions"] : {};
  const known = typeof code === "string" ? code : "INTERNAL_SERVER_ERROR";
  throw new FacetRequestError(known, error["message"], { ...retryDetails(answer), ...details });
}

/** The id that an upload was given. @throws FacetRequestError */
export function readUploadId(given: Answer): string {
  const { uploadId } = readJson(given.bytes);
  if (typeof uploadId !== "string") throw refused(given);
  return uploadId;
}

/** What the service says of a request that GraphQL never sees. */
export function refused({ answer, bytes }: Answer): FacetRequestError {
  const { error } = readJson(bytes);
  if (!isObject(error) || typeof error["code"] !== "string" || typeof error["message"] !== "string") {
    return unexpected(answer);
  }
  return new FacetRequestError(error["code"], error["message"], retryDetails(answer));
}

/** Not the service's own words: a proxy's, or another server's. */
function unexpected(answer: Response): FacetRequestError {
  const message = `${answer.url} answered ${answer.status}, and nothing that Facet would say.`;
  return new FacetRequestError("UNEXPECTED_ANSWER", message, { status: answer.status, ...retryDetails(answer) });
}

/** What an answer says in its head alone: not every body says when to ask again, and none of a proxy does. */
function retryDetails(answer: Response): { readonly retryAfterSeconds?: number } {
  const retryAfterSeconds = readRetryAfter(answer);
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
}

/** Nothing where it is no JSON. */
function readJson(bytes: Uint8Array): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
