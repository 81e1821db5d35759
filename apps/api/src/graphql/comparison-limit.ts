import type { ApolloServerOptions, BaseContext } from "@apollo/server";

type FormatError = NonNullable<ApolloServerOptions<BaseContext>["formatError"]>;

/** What graphql-js says, without a code, once it has compared for long enough whether fields of one name can be one field. */
const GIVEN_UP = "Validation aborted.";
/** OverlappingFieldsCanBeMergedRule has it, and exports it to nobody. Each pair of fields takes two. */
const MAX_STEPS = 500_000;

/** Tells which limit it was that ended a validation. */
export function nameComparisonLimit(formatError: FormatError): FormatError {
  return (formatted, error) => {
    if (formatted.message !== GIVEN_UP) return formatError(formatted, error);
    const message = `The query names the same fields so often that to compare them takes more than ${MAX_STEPS} steps: name each once where it stands.`;
    return { message, extensions: { code: "LIMIT_EXCEEDED" } };
  };
}
