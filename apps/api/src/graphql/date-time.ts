import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

// Date.parse also takes "1" and "March 7": only what the schema promises is taken here.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export const dateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError("DateTime: a resolver gave something else than a Date");
  },
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDateTime(value: unknown): Date {
  const date = typeof value === "string" && ISO_8601.test(value) ? new Date(value) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) {
    throw new GraphQLError("DateTime takes ISO 8601 text with an offset, such as 2026-01-31T12:00:00.000Z.");
  }
  return date;
}
