import { expect, test } from "vitest";
import { hasMoreTokens } from "./read-tokens.js";

test.each([
  ["as many words as may be", `{ ${"a ".repeat(8)}}`, false],
  ["one word more", `{ ${"a ".repeat(9)}}`, true],
  ["many words in a text and in a remark", `{ a(b: "${"c ".repeat(50)}") } # ${"d ".repeat(50)}`, false],
  ["what is no GraphQL before them", `{ ~ ${"a ".repeat(50)}}`, false],
  ["what is no GraphQL behind them", `{ ${"a ".repeat(50)} ~`, true],
])("more than 10 words and signs: %s", (_name, query, hasMore) => {
  expect(hasMoreTokens(query, 10)).toBe(hasMore);
});
