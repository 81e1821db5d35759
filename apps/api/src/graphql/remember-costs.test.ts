import { buildSchema, Kind, parse, type OperationDefinitionNode } from "graphql";
import { expect, test, vi } from "vitest";
import { rememberCosts } from "./remember-costs.js";

const schema = buildSchema("type Query { a: Int }");

function prepare(cost: number | undefined) {
  const measure = vi.fn(() => cost);
  const document = parse("query ($id: ID, $first: Int, $ids: [ID!]) { a } query Other { a }");
  const operations = document.definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  const remembered = rememberCosts(measure);
  const ask = (variables: object, place = 0) => {
    const operation = operations[place];
    if (operation === undefined) throw new RangeError("There is no such operation.");
    return remembered(schema, document, operation, { ...variables });
  };
  return { measure, ask };
}

test("a query is measured once, whichever texts come with it", () => {
  const { measure, ask } = prepare(7);
  expect([ask({ id: "a", ids: ["x", "y"] }), ask({ id: "b", ids: ["v", "w"] })]).toEqual([7, 7]);
  expect(measure).toHaveBeenCalledTimes(1);
});

test.each([
  [{ first: 1 }, { first: 100 }],
  [{ first: null }, { first: 100 }],
  [{ first: 1 }, { first: "1" }],
  [{ ids: ["x"] }, { ids: ["x", "y"] }],
  [{ input: { images: [{ a: [1] }] } }, { input: { images: [{ a: [1, 2] }] } }],
  [{ isWhole: false }, { isWhole: true }],
  [{}, { first: 1 }],
])("%j is measured apart from %j", (one, other) => {
  const { measure, ask } = prepare(7);
  ask(one);
  ask(other);
  expect(measure).toHaveBeenCalledTimes(2);
});

test("another operation of the same document is measured apart", () => {
  const { measure, ask } = prepare(7);
  ask({});
  ask({}, 1);
  expect(measure).toHaveBeenCalledTimes(2);
});

test("variables deeper than a stack are measured as others are, and not remembered", () => {
  const { measure, ask } = prepare(7);
  let deep: object = {};
  for (let depth = 0; depth < 100_000; depth += 1) deep = { a: [deep] };
  expect([ask({ deep }), ask({ deep })]).toEqual([7, 7]);
  expect(measure).toHaveBeenCalledTimes(2);
});

test("what cannot be measured is not remembered", () => {
  const { measure, ask } = prepare(undefined);
  ask({});
  ask({});
  expect(measure).toHaveBeenCalledTimes(2);
});
