import { expect, test } from "vitest";
import { makeNestingLimit } from "./nesting-limit.js";

test("what is refused is refused again, and what passed passes again", () => {
  const isTooDeep = makeNestingLimit(3);
  const queries = ["{ a { b } }", "{ a { b { c { d } } } }", "{ ...f } fragment f on Query { a { ...f } }", ""];
  const verdicts = [false, true, true, false];
  for (let time = 0; time < 2; time++) expect(queries.map(isTooDeep)).toEqual(verdicts);
});

test("another limit knows nothing of what passed the first", () => {
  const query = "{ a { b { c { d } } } }";
  expect([makeNestingLimit(10), makeNestingLimit(3)].map((isTooDeep) => isTooDeep(query))).toEqual([false, true]);
});
