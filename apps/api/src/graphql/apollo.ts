import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "pino";
import { typeDefs } from "../generated/type-defs.js";
import { nameComparisonLimit } from "./comparison-limit.js";
import type { RequestContext } from "./context.js";
import { makeFormatError } from "./errors.js";
import { makeQueryLimits, MAX_TOKENS } from "./limits.js";
import { neverCached } from "./never-cached.js";
import { noSubscriptions } from "./no-subscriptions.js";
import { limitQueryCost } from "./query-cost.js";
import { resolvers } from "./resolvers.js";

/**
 * The GraphQL server, not yet started.
 *
 * @param introspection whether callers may ask for the schema; default: they may
 */
export function makeApolloServer(
  log: Logger,
  introspection = true,
  plugins: readonly ApolloServerPlugin<RequestContext>[] = [],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    typeDefs,
    resolvers,
    formatError: nameComparisonLimit(makeFormatError(log)),
    includeStacktraceInErrorResponses: false,
    // Only requests that a browser asks permission for first: no form of another site can reach a mutation.
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    introspection,
    // Else "Did you mean" would tell the schema bit by bit.
    hideSchemaDetailsFromClientErrors: !introspection,
    stopOnTerminationSignals: false,
    validationRules: [noSubscriptions, ...makeQueryLimits()],
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    plugins: [
      // The usual page loads its scripts from elsewhere.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ...[neverCached(), limitQueryCost(), ...plugins],
    ],
    logger: log,
  });
}
