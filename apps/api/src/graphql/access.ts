import type { GraphQLFieldResolver } from "graphql";
import type { Resolvers } from "../generated/resolver-types.js";
import type { Role } from "../http/auth.js";
import type { RequestContext } from "./context.js";

/** What a field of each root type needs. A resolver may ask for more, never for less. */
const NEEDED = { Query: "reader", Mutation: "admin" } as const satisfies Record<string, Role>;

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;

/**
 * The one place where GraphQL asks for keys: every field of Query and of Mutation, those to come too, runs for callers
 * whose role suffices and for nobody else. (Plain HTTP has its own such place: http/guard.ts.)
 */
export function guardRootFields(resolvers: readonly Resolvers[]): Resolvers[] {
  return resolvers.map((each) => ({
    ...each,
    ...(each.Query && { Query: guardFields(each.Query, NEEDED.Query) }),
    ...(each.Mutation && { Mutation: guardFields(each.Mutation, NEEDED.Mutation) }),
  }));
}

function guardFields<Fields extends object>(fields: Fields, role: Role): Fields {
  const guarded = Object.entries(fields).map(([name, resolve]) => [name, guard(name, resolve, role)] as const);
  return Object.fromEntries(guarded) as Fields;
}

function guard(name: string, resolve: unknown, role: Role): Resolve {
  if (typeof resolve !== "function") throw new TypeError(`The resolver of ${name} is no function.`);
  return (root, args, context, info): unknown => {
    context.auth.require(role);
    return (resolve as Resolve)(root, args, context, info);
  };
}
