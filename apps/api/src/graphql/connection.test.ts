import { expect, test } from "vitest";
import { ApiError } from "./errors.js";
import { readPageRequest, toConnection } from "./connection.js";

const items = ["c", "b", "a"].map((id, position) => ({ id, at: new Date(1000 - position) }));

test("a cursor leads to the item that it was given for", () => {
  const page = toConnection({ first: 2, after: undefined }, items, (item) => item);
  expect(page.nodes.map((item) => item.id)).toEqual(["c", "b"]);
  expect(page.pageInfo.hasNextPage).toBe(true);
  expect(readPageRequest({ first: 2, after: page.pageInfo.endCursor })).toEqual({ first: 2, after: items[1] });
});

test("the last page says so", () => {
  expect(toConnection({ first: 3, after: undefined }, items, (item) => item).pageInfo.hasNextPage).toBe(false);
  expect(toConnection({ first: 3, after: undefined }, [], (item: never) => item).pageInfo.endCursor).toBeNull();
});

test.each([0, -1, 101, 2_000_000_000])("first may not be %d", (first) => {
  expect(() => readPageRequest({ first })).toThrow(ApiError);
});

test.each(["", "x", "bnVsbA", "WzFd", Buffer.from('[1,"a\\u0000"]').toString("base64url"), "WzFlOTksImEiXQ"])(
  "%j is no cursor",
  (after) => {
    expect(() => readPageRequest({ after })).toThrow(ApiError);
  },
);
