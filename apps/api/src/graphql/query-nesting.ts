import { Lexer, Source, TokenKind } from "graphql";
import { MAX_TOKENS } from "./limits.js";

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Whether brackets of a query stand more than `depth` deep in each other. To be known before graphql-js, which recurses, reads it. */
export function isNestedDeeper(query: string, depth: number): boolean {
  // Hardly any query has so many brackets at all: only then it matters which of them stand in texts.
  if (query.split(/[[{(]/, depth + 2).length < depth + 2) return false;
  const lexer = new Lexer(new Source(query));
  let open = 0;
  try {
    for (let read = 0; read < MAX_TOKENS; read += 1) {
      const { kind } = lexer.advance();
      if (OPENING.has(kind)) open += 1;
      if (CLOSING.has(kind)) open -= 1;
      if (open > depth) return true;
    }
  } catch {
    // What is no GraphQL, its parser says better.
  }
  return false;
}
