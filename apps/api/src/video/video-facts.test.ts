import { expect, test } from "vitest";
import type { JsonObject } from "../graphql/json-object.js";
import { readMetadata } from "./video-facts.js";

const parse = (text: string) => JSON.parse(text) as JsonObject;

test.each(['{"a": [9007199254740991, -9007199254740991, 0, 0.1, 1e-15]}', '{"proto": {"constructor": 1}}', "{}"])(
  "%s is kept as it is",
  (text) => {
    expect(readMetadata(parse(text))).toEqual(parse(text));
  },
);

test.each([
  ['{"a": 9007199254740993}', "metadata holds a number beyond 9007199254740991, which JSON rounds: give it as text."],
  ['{"a": [{"b": -9007199254740992}]}', "which JSON rounds: give it as text."],
  ['{"a": 1e999}', "which JSON rounds: give it as text."],
  ['{"a": 1e-16}', "metadata holds a number of less than 1e-15."],
  ['{"__proto__": {}}', "metadata holds the key __proto__, which is not taken."],
  ['{"a": [{"__proto__": 1}]}', "metadata holds the key __proto__, which is not taken."],
])("%s is refused", (text, message) => {
  expect(() => readMetadata(parse(text))).toThrow(message);
});
