import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { isDeeperThan } from "./json-object.js";

type Variables = Readonly<Record<string, unknown>>;
type MeasureCost = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
) => number | undefined;

/** Of a document, in how many shapes its variables are remembered. */
const KEPT_SHAPES = 100;
/** Longer ones are of variables that hardly come twice. */
const LONGEST_SHAPE = 1000;
/** Anyone may send variables, with or without a key, and they may be deeper than a stack. */
const DEEPEST_SHAPE = 32;

/**
 * Remembers what a query costs. A caller sends few documents, which Apollo Server parses once, over and over; and of their
 * variables only the numbers, the lengths of lists and the switches (`@include`) count.
 */
export function rememberCosts(measure: MeasureCost): MeasureCost {
  const known = new WeakMap<OperationDefinitionNode, Map<string, number>>();
  return (schema, document, operation, variables) => {
    if (isDeeperThan(variables, DEEPEST_SHAPE)) return measure(schema, document, operation, variables);
    const shape = shapeOf(variables);
    const costs = known.get(operation) ?? new Map<string, number>();
    const remembered = costs.get(shape);
    if (remembered !== undefined) return remembered;
    const cost = measure(schema, document, operation, variables);
    // What cannot be measured with these variables can perhaps with others of their shape.
    if (cost === undefined || shape.length > LONGEST_SHAPE) return cost;
    if (costs.size >= KEPT_SHAPES) costs.clear();
    costs.set(shape, cost);
    known.set(operation, costs);
    return cost;
  };
}

/** The variables without their texts. */
function shapeOf(value: unknown): string {
  if (typeof value === "string") return "s";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.length}:${value.some(isNested) ? value.map(shapeOf).join() : ""}]`;
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${shapeOf(each)}`)
    .join()}}`;
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;
