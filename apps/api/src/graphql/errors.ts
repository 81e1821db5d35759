import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { FacetError, InvalidIdError } from "@facet/domain";
import type { Logger } from "pino";

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
    if (code !== undefined) return withCode(formatted, code, formatted.message);

    log.error({ err: cause, path: formatted.path }, "a GraphQL request failed");
    return withCode(formatted, "INTERNAL_SERVER_ERROR", "Something failed inside the service; its log has the cause.");
  };
}

/** What a resolver threw, out of the wrappings that graphql-js puts around it. */
function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? rootOf(error.originalError) : error;
}

/** Requests that are refused before any resolver runs: by syntax, by the schema, by a limit, by the CSRF guard. */
function codeOfRequestError(error: unknown): ApiErrorCode | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  if (
    rootOf(error) instanceof GraphQLError &&
    (rootOf(error) as GraphQLError).extensions["code"] === "LIMIT_EXCEEDED"
  ) {
    return "LIMIT_EXCEEDED";
  }
  switch (error.extensions["code"]) {
    case "BAD_USER_INPUT":
    case "BAD_REQUEST":
    case "GRAPHQL_PARSE_FAILED":
    case "GRAPHQL_VALIDATION_FAILED":
    case "OPERATION_RESOLUTION_FAILURE":
      return "BAD_USER_INPUT";
    default:
      return undefined;
  }
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
