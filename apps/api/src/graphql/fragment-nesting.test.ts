import { getIntrospectionQuery } from "graphql";
import { expect, test } from "vitest";
import { areFragmentsDeeper } from "./fragment-nesting.js";

/** Fragments of which each spreads the next `spreads`. */
const chain = (count: number, spreads = 1) =>
  Array.from({ length: count }, (_, at) => {
    const next = Array.from({ length: Math.min(spreads, count - at - 1) }, (_, ahead) => `...f${at + ahead + 1}`);
    return `fragment f${at} on Query { a ${next.join(" ")} }`;
  }).join(" ");

test.each([
  ["a query without fragments", `${"{ a ".repeat(50)}${"}".repeat(50)}`, false],
  ["fragments as deep as may be", `{ ...f0 } ${chain(9)}`, false],
  ["fragments of fragments", `{ ...f0 } ${chain(10)}`, true],
  ["fragments in fields", `{ a { b { ...f0 } } } ${chain(8)}`, true],
  ["fields in fragments", `{ ...f0 } fragment f0 on Query ${"{ a ".repeat(10)}${"}".repeat(10)}`, true],
  ["fragments without a name between", `{ ... on Query { ... { ...f0 } } } ${chain(8)}`, true],
  ["fragments that nobody spreads", `{ a } ${chain(11)}`, true],
  ["many fragments beside each other", `{ ${"...f0 ".repeat(50)} } ${chain(1)}`, false],
  ["fragments that are spread in many ways", `{ ...f0 } ${chain(9, 9)}`, false],
  ["a fragment in itself", "{ a } fragment f on Query { ...f }", true],
  ["a fragment in itself by others", "{ a } fragment f on Q { ...g } fragment g on Q { b { ...f } }", true],
  [
    "a fragment that is there twice, one of them in the other",
    "{ a } fragment f on Q { ...f } fragment f on Q { b }",
    false,
  ],
  ["fragments that are not there", "{ ...f } fragment g on Query { ...f }", false],
  ["what is no GraphQL", `{ ...f0 ${chain(50)}`, false],
  ["another sort of definition", "fragment f on Query { a } type Query { a: Int }", false],
])("more than 10 deep: %s", (_name, query, isDeeper) => {
  expect(areFragmentsDeeper(query, 10)).toBe(isDeeper);
});

test("the question for the schema is no deeper than it looks", () => {
  expect(areFragmentsDeeper(getIntrospectionQuery({ typeDepth: 30 }), 40)).toBe(false);
});

test("each fragment is looked into once, in however many ways it is spread", () => {
  // Of 60 there are 2 ** 58 ways from the first to the last: who went them all would not come back.
  expect(areFragmentsDeeper(`{ ...f0 } ${chain(60, 59)}`, 100)).toBe(false);
});

test("a chain as long as a query may be is found to be deeper, not too deep for the stack", () => {
  expect(areFragmentsDeeper(`{ ...f0 } ${chain(500)}`, 100)).toBe(true);
});
