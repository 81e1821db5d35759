import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { DATE_TIME_RULE, parseDateTime } from "./parse-date-time.js";

export const dateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError("DateTime: a resolver gave something else than a Date");
  },
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function readDateTime(value: unknown): Date {
  const date = parseDateTime(value);
  if (date === undefined) throw new GraphQLError(`DateTime ${DATE_TIME_RULE}.`);
  return date;
}
