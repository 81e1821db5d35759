import { buildSchema, graphqlSync } from "graphql";
import { expect, test } from "vitest";
import { shortenMessage } from "./shorten-message.js";

const schema = buildSchema(`
  input Source @oneOf { base64: String, ids: [Int!] }
  input Like { source: Source!, count: Int }
  type Query { like(input: Like!): Boolean }
`);
const PICTURE = "A".repeat(12_000_000);

/** What graphql-js says of an input, shortened. */
function refuse(input: unknown): string {
  const source = "query ($i: Like!) { like(input: $i) }";
  const { errors } = graphqlSync({ schema, source, variableValues: { i: input } });
  return shortenMessage(errors?.[0]?.message ?? "");
}

test.each([
  ["a field too much", { source: { base64: PICTURE }, more: 1 }, 'Field "more" is not defined by type "Like".'],
  ["two of which one is taken", { source: { base64: PICTURE, ids: [1] } }, "Exactly one key must be specified"],
  ["a picture in the place of a number", { source: { ids: [1, PICTURE] } }, "Int cannot represent non-integer value"],
  ["a picture in the place of an object", { source: PICTURE }, 'Expected type "Source" to be an object.'],
  ["a picture as a name", { [PICTURE]: 1, source: { ids: [1] } }, 'is not defined by type "Like".'],
  ["a text with quotes and spaces", { source: { ids: [`" \\ a`.repeat(9999)] } }, "Int cannot represent"],
  [
    "many fields",
    { source: { ids: [1] }, ...Object.fromEntries(Array.from({ length: 9999 }, (_, i) => [`field${i}`, i])) },
    "is not defined by",
  ],
])("of %s the reason is told, and little of the input is repeated", (_name, input, reason) => {
  const message = refuse(input);
  expect(message.length).toBeLessThan(1000);
  expect(message).toContain(reason);
  expect(message).toContain('Variable "$i" got invalid value');
});

test("the path into the input is told, however long the value is that is there", () => {
  expect(refuse({ source: { ids: [1, PICTURE] } })).toContain('at "i.source.ids[1]"');
});

test("the length of what is cut off is told", () => {
  const message = `Value "${"x".repeat(300)}" is none.`;
  expect(shortenMessage(message)).toBe(`Value "${"x".repeat(40)}…" (300 characters) is none.`);
});

test("a short message stays as it is", () => {
  const message = 'Variable "$i" got invalid value { source: { base64: "AAAA" } } at "i"; Field "source" is odd.';
  expect(shortenMessage(message)).toBe(message);
});
