import { ApolloArmor } from "@escape.tech/graphql-armor";
import { GraphQLError, type ValidationContext, type ValidationRule } from "graphql";

/** A page of covers with everything of it goes 8 deep; twice that is no honest query. */
const MAX_DEPTH = 16;
const MAX_ALIASES = 50;
const MAX_DIRECTIVES = 50;

/** Words and signs of a query; a base64 picture is one of them. Enforced by graphql-js while it parses. */
export const MAX_TOKENS = 5000;

/** Rules for Apollo Server, so that no single query costs too much. */
export function makeQueryLimits(): ValidationRule[] {
  // Armor would throw out of the validation, which looks like a bug of ours: an error of the request with our code is reported instead.
  const limit = (n: number) => ({
    n,
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null, error: GraphQLError) =>
        context?.reportError(
          new GraphQLError(error.message.replace("Syntax Error: ", ""), { extensions: { code: "LIMIT_EXCEEDED" } }),
        ),
    ],
  });
  const { validationRules } = new ApolloArmor({
    maxDepth: limit(MAX_DEPTH),
    maxAliases: limit(MAX_ALIASES),
    maxDirectives: limit(MAX_DIRECTIVES),
    // graphql-js does it without parsing twice.
    maxTokens: { enabled: false },
    // It multiplies nothing, and cannot see a `first` that comes as a variable: query-cost.ts does both.
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return validationRules;
}
