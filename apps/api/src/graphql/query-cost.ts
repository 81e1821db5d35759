import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, type OperationDefinitionNode, type GraphQLSchema, type DocumentNode } from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import { USUAL_PAGE } from "./connection.js";
import type { RequestContext } from "./context.js";
import { rememberCosts } from "./remember-costs.js";

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
  // The schema's own lists. No key is needed to ask for it: twice as many types as it has leave room for one
  // reading of all of it, and for little more.
  "__Schema.types": 200,
  "__Type.fields": 5,
  "__Type.inputFields": 3,
  "__Type.enumValues": 3,
  "__Type.interfaces": 1,
  "__Type.possibleTypes": 2,
  "__Field.args": 2,
};
const USUAL_LIST_SIZE = 10;
/** Lists whose items were counted above them, or that are empty when all is well. */
const COUNTED = new Set(["nodes", "edges", "userErrors", "results"]);

const estimateField: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const name = `${type.name}.${field.name}`;
  return ownCostOf(name, args) + sizeOf(name, field, args) * childComplexity;
};

/** A `srcset` makes, and where need be signs, an address for each width. */
function ownCostOf(name: string, { widths }: Arguments): number {
  return Array.isArray(widths) ? Math.max(1, widths.length) : (OWN_COST[name] ?? 1);
}

function sizeOf(
  name: string,
  { name: fieldName, type }: { readonly name: string; readonly type: unknown },
  args: Arguments,
): number {
  // A `first` of null is the usual one, as its resolver has it.
  if ("first" in args) return typeof args["first"] === "number" ? Math.max(1, args["first"]) : USUAL_PAGE;
  const items = args["videoIds"] ?? (args["input"] as Arguments | undefined)?.["images"];
  if (Array.isArray(items)) return items.length;
  const isList = String(type).includes("[");
  if (!isList || COUNTED.has(fieldName)) return 1;
  return LIST_SIZE[name] ?? USUAL_LIST_SIZE;
}

type Arguments = Readonly<Record<string, unknown>>;

/** Refuses queries whose answer would be too large, before anything is asked of the database. */
export function limitQueryCost(): ApolloServerPlugin<RequestContext> {
  const measure = rememberCosts(measureCost);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ schema, document, operation, request }) => {
          if (operation === undefined) return Promise.resolve();
          const variables = request.variables ?? {};
          const cost = measure(schema, document, operation, variables);
          if (cost === undefined || cost <= MAX_COST) return Promise.resolve();
          const size = Number.isFinite(cost) ? `about ${cost}` : "too many";
          const message = `The answer would hold ${size} fields: a query takes at most ${MAX_COST}. Ask for fewer items or fields at once.`;
          // Apollo takes what is thrown here for a fault of the server unless it is told a status.
          return Promise.reject(
            new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED", http: { status: 400 } } }),
          );
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
