import { buildSchema, type GraphQLFieldResolver, type GraphQLObjectType } from "graphql";
import { expect, test } from "vitest";
import { typeDefs } from "../generated/type-defs.js";
import { Authorization, type RequestContext } from "./context.js";
import { resolvers } from "./resolvers.js";

const schema = buildSchema(typeDefs);
const namesOf = (type: GraphQLObjectType | null | undefined) => Object.keys(type?.getFields() ?? {});
const fields = [
  ...namesOf(schema.getQueryType()).map((field) => ["Query", field] as const),
  ...namesOf(schema.getMutationType()).map((field) => ["Mutation", field] as const),
];

/** Runs a root field's resolver for a caller; services are not there, so that who gets through runs into that. */
function run(type: "Query" | "Mutation", field: string, role: "reader" | "admin" | undefined): unknown {
  const found = resolvers.flatMap((each) => (each[type] as Record<string, unknown> | undefined)?.[field] ?? []);
  expect(found).toHaveLength(1);
  const resolve = found[0] as GraphQLFieldResolver<unknown, RequestContext>;
  const auth = new Authorization(role && { id: "k", name: "a test", role });
  return resolve({}, {}, { auth } as unknown as RequestContext, {} as never);
}

test("there are fields to guard", () => {
  expect(fields).toContainEqual(["Query", "personalizedCover"]);
  expect(fields).toContainEqual(["Mutation", "recordLikedImage"]);
});

test.each(fields)("%s.%s does nothing without a key", (type, field) => {
  expect(() => run(type, field, undefined)).toThrow(expect.objectContaining({ code: "UNAUTHENTICATED" }));
});

test.each(fields.filter(([type]) => type === "Mutation"))("%s.%s does nothing for a reader", (type, field) => {
  expect(() => run(type, field, "reader")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
});
