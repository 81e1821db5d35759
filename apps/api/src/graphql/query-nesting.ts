import { TokenKind } from "graphql";
import { readTokens } from "./read-tokens.js";

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Whether brackets of a query stand more than `depth` deep in each other. To be known before graphql-js, which recurses, reads it. */
export function isNestedDeeper(query: string, depth: number): boolean {
  // Hardly any query has so many brackets at all: only then it matters which of them stand in texts.
  if (query.split(/[[{(]/, depth + 2).length < depth + 2) return false;
  let open = 0;
  for (const { kind } of readTokens(query)) {
    if (OPENING.has(kind)) open += 1;
    if (CLOSING.has(kind)) open -= 1;
    if (open > depth) return true;
  }
  return false;
}
