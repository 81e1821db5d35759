import { expect, test } from "vitest";
import { isNestedDeeper } from "./query-nesting.js";

const nest = (depth: number, open = "[", close = "]") => `${open.repeat(depth)}${close.repeat(depth)}`;

test.each([
  ["lists as deep as may be", `{ a(b: ${nest(8)}) }`, false],
  ["lists", `{ a(b: ${nest(9)}) }`, true],
  ["objects", `{ a(b: ${"{c: ".repeat(9)}1${"}".repeat(9)}) }`, true],
  ["fields", `${"{ a ".repeat(11)}${"}".repeat(11)}`, true],
  ["many brackets beside each other", `{ ${"a(b: [1]) ".repeat(50)} }`, false],
  ["brackets in a text", `{ a(b: "${"[".repeat(50)}", c: """${"{".repeat(50)}""") }`, false],
  ["lists between texts that seem to close them", `{ a(b: ${'["]" '.repeat(9)}${"]".repeat(9)}) }`, true],
  ["what is no GraphQL", `{ a(b: ~${nest(50)}) }`, false],
  ["more words than are read", `{ ${"a(b: [1]) ".repeat(1000)} a(b: ${nest(50)}) }`, false],
])("more than 10 deep: %s", (_name, query, isDeeper) => {
  expect(isNestedDeeper(query, 10)).toBe(isDeeper);
});
