import type { GraphQLFormattedError } from "graphql";
import { FacetError, InvalidIdError } from "@facet/domain";
import type { Logger } from "pino";
import { shortenMessage } from "./shorten-message.js";

const SCHEMA_KEPT = "This service does not tell its schema: __schema and __type are not answered.";

/** Every `extensions.code` that a caller can see. */
export type ApiErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_USER_INPUT"
  | "VIDEO_NOT_FOUND"
  | "VIDEO_NOT_READY"
  | "LIMIT_EXCEEDED"
  | "INTERNAL_SERVER_ERROR";

/** An error that goes to the caller as it is: code, message and details. */
export class ApiError extends FacetError {
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    /** Put into `extensions` beside the code. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** How an error of a resolver looks to the caller. Whatever is not known to be fit for a stranger's eyes is masked and logged. */
export function makeFormatError(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = rootOf(error);
    if (cause instanceof ApiError) return withCode(formatted, cause.code, cause.message, cause.details);
    if (cause instanceof InvalidIdError) return withCode(formatted, "BAD_USER_INPUT", cause.message);

    const code = codeOfRequestError(error);
    if (code !== undefined) return withCode(formatted, code, describeRequestError(error, formatted.message));

    log.error({ err: cause, path: formatted.path }, "a GraphQL request failed");
    return withCode(formatted, "INTERNAL_SERVER_ERROR", "Something failed inside the service; its log has the cause.");
  };
}

/** What a resolver threw, out of the wrappings that graphql-js puts around it. */
function rootOf(error: unknown): unknown {
  const original = (error as { originalError?: unknown } | null | undefined)?.originalError;
  return original == null ? error : rootOf(original);
}

/** Requests that are refused before any resolver runs: by syntax, by the schema, by a limit, by the CSRF guard. */
function codeOfRequestError(error: unknown): ApiErrorCode | undefined {
  if (codeIn(rootOf(error)) === "LIMIT_EXCEEDED" || isTokenLimit(error)) return "LIMIT_EXCEEDED";
  switch (codeIn(error)) {
    case "BAD_USER_INPUT":
    case "BAD_REQUEST":
    case "GRAPHQL_PARSE_FAILED":
    case "GRAPHQL_VALIDATION_FAILED":
    case "OPERATION_RESOLUTION_FAILURE":
    case "PERSISTED_QUERY_NOT_SUPPORTED":
      return "BAD_USER_INPUT";
    default:
      return undefined;
  }
}

function describeRequestError(error: unknown, message: string): string {
  // Apollo Server's own words are for whoever writes the server.
  if (extensionsOf(error)?.["validationErrorCode"] === "INTROSPECTION_DISABLED") return SCHEMA_KEPT;
  return shortenMessage(message);
}

// Not by `instanceof`: where a bundler or a test runner loads graphql-js twice, an error is of the other copy's class.
function extensionsOf(error: unknown): Record<string, unknown> | undefined {
  return (error as { extensions?: Record<string, unknown> } | null | undefined)?.extensions;
}

function codeIn(error: unknown): unknown {
  return extensionsOf(error)?.["code"];
}

/** graphql-js gives this error no code of its own. */
function isTokenLimit(error: unknown): boolean {
  return codeIn(error) === "GRAPHQL_PARSE_FAILED" && /more (than|that) \d+ tokens/.test((error as Error).message);
}

function withCode(
  { locations, path }: GraphQLFormattedError,
  code: ApiErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLFormattedError {
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { ...details, code },
  };
}
