import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode, type GraphQLSchema, type DocumentNode } from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import type { RequestContext } from "./context.js";

/** Fields of an answer at most, as far as can be told before. A page of a hundred covers with all that is known of every candidate is 180,000. */
const MAX_COST = 250_000;

/** What a field costs by itself that is dearer than to look it up. */
const OWN_COST: Readonly<Record<string, number>> = {
  // The scorer is asked once for each liked image: as many covers as two pages hold may be explained in one query.
  "CoverExplanation.contributions": 4000,
};

/** How many items a list without `first` holds at most, or usually. */
const LIST_SIZE: Readonly<Record<string, number>> = {
  "PersonalizedCover.candidates": 64,
  "Video.candidateFrames": 64,
  "CoverExplanation.contributions": 50,
};
const USUAL_LIST_SIZE = 10;
/** Lists whose items were counted above them, or that are empty when all is well. */
const COUNTED = new Set(["nodes", "edges", "userErrors"]);

const estimateField: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const name = `${type.name}.${field.name}`;
  return (OWN_COST[name] ?? 1) + sizeOf(name, field, args) * childComplexity;
};

function sizeOf(
  name: string,
  { name: fieldName, type }: { readonly name: string; readonly type: unknown },
  args: Readonly<Record<string, unknown>>,
): number {
  const { first, videoIds } = args;
  if (typeof first === "number") return Math.max(1, first);
  if (Array.isArray(videoIds)) return videoIds.length;
  const isList = String(type).includes("[");
  if (!isList || COUNTED.has(fieldName) || name.startsWith("__")) return 1;
  return LIST_SIZE[name] ?? USUAL_LIST_SIZE;
}

/** Refuses queries whose answer would be too large, before anything is asked of the database. */
export function limitQueryCost(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, operation, request }) => {
          if (operation === undefined) return Promise.resolve();
          const variables = request.variables ?? {};
          const cost = measureCost(schema, document, operation, variables);
          if (cost === undefined || cost <= MAX_COST) return Promise.resolve();
          const size = Number.isFinite(cost) ? `about ${cost}` : "too many";
          const message = `The answer would hold ${size} fields: a query takes at most ${MAX_COST}. Ask for fewer items or fields at once.`;
          return Promise.reject(new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED" } }));
        },
      }),
  };
}

/** Undefined where it cannot be told, as of malformed variables: the execution, which then ends before it begins, says so better. */
function measureCost(
  schema: GraphQLSchema,
  query: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number | undefined {
  const operationName = operation.name?.value;
  try {
    return getComplexity({
      ...{ estimators: [estimateField], schema, query, variables },
      ...(operationName === undefined ? {} : { operationName }),
    });
  } catch (error) {
    // Fragments of fragments, of which there is no end.
    if (error instanceof Error && error.message.includes("allowed number of nodes")) return Infinity;
    return undefined;
  }
}
