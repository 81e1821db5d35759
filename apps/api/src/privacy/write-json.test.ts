import { expect, test } from "vitest";
import { writeJsonObject } from "./write-json.js";

async function* list<Item>(...items: Item[]) {
  yield* await Promise.resolve(items);
}

async function join(pieces: AsyncIterable<string>): Promise<unknown> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return JSON.parse(text);
}

test.each([
  ["nothing", {}, {}],
  ["plain values", { a: 1, b: null, 'c"': "d" }, { a: 1, b: null, 'c"': "d" }],
  ["an empty list", { a: list(), b: 1 }, { a: [], b: 1 }],
  ["lists", { a: list({ x: 1 }, { x: 2 }), b: list("c") }, { a: [{ x: 1 }, { x: 2 }], b: ["c"] }],
])("%s is written as JSON", async (_name, values, expected) => {
  expect(await join(writeJsonObject(values))).toEqual(expected);
});

test("no item of a list is asked for before the one in front of it was taken", async () => {
  const asked: number[] = [];
  const items = (async function* () {
    for (let item = 0; item < 3; item++) {
      asked.push(item);
      yield await Promise.resolve(item);
    }
  })();
  for await (const piece of writeJsonObject({ items })) {
    if (piece.startsWith("[")) break;
  }
  expect(asked).toEqual([0]);
});
