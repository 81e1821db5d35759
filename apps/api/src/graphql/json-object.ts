import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from "graphql";

/** What JSON can hold between braces. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object as it is, for a platform's own facts. How large one may be, whoever takes it says. */
export const jsonObject = new GraphQLScalarType<JsonObject, JsonObject>({
  name: "JSONObject",
  serialize: readObject,
  parseValue: readObject,
  parseLiteral: (node, variables) => readObject(valueFromASTUntyped(node, variables)),
});

function readObject(value: unknown): JsonObject {
  // What comes here was JSON or GraphQL's own literals: an object holds nothing else.
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new GraphQLError('JSONObject takes an object, such as {"season": 2}.');
}

/** Whether objects and lists stand more than `depth` deep in each other. Itself it goes no deeper, whatever it is given. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}
