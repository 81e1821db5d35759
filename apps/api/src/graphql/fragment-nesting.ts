import { Kind, parse, type DocumentNode, type SelectionSetNode } from "graphql";
import { MAX_TOKENS } from "./limits.js";

/**
 * Whether selections of a query stand more than `depth` deep in each other once each fragment is where it is spread. To be
 * known before graphql-js validates it: its rules compare every two fragments, recurse into them, and find one that stands
 * in itself, which is deeper than any depth, only meanwhile.
 *
 * @param query whose brackets are no deeper than a stack
 */
export function areFragmentsDeeper(query: string, depth: number): boolean {
  // Most queries have none: they need not be parsed twice.
  if (!query.includes("fragment")) return false;
  const document = parseIfGraphQl(query);
  if (document === undefined) return false;
  const fragments = new Map<string, SelectionSetNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each.selectionSet);
  }
  const heights = new Map<SelectionSetNode, number>();
  const heightOf = (set: SelectionSetNode): number => {
    const known = heights.get(set);
    if (known !== undefined) return known;
    // Who meets it again before it is known met it in itself.
    heights.set(set, Infinity);
    let height = 1;
    for (const each of set.selections) {
      const inner = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each.selectionSet;
      if (inner !== undefined) height = Math.max(height, 1 + heightOf(inner));
    }
    heights.set(set, height);
    return height;
  };
  return document.definitions.some((each) => "selectionSet" in each && heightOf(each.selectionSet) > depth);
}

/** Undefined for what is no GraphQL: Apollo Server says that better. */
function parseIfGraphQl(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxLexicalTokens: MAX_TOKENS });
  } catch {
    return undefined;
  }
}
