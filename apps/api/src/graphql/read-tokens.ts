import { Lexer, Source, TokenKind, type Token } from "graphql";
import { MAX_TOKENS } from "./limits.js";

/** The words and signs of a query, at most as many as it may have. Ends early at what is no GraphQL: its parser says that better. */
export function* readTokens(query: string): Generator<Token> {
  const lexer = new Lexer(new Source(query));
  for (let read = 0; read < MAX_TOKENS; read += 1) {
    try {
      lexer.advance();
    } catch {
      return;
    }
    if (lexer.token.kind === TokenKind.EOF) return;
    yield lexer.token;
  }
}

/** Whether a query has more words and signs than `count`, which is below what every query may have. */
export function hasMoreTokens(query: string, count: number): boolean {
  return query.length > count && [...readTokens(query)].length > count;
}
