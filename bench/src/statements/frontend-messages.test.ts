import { expect, test } from "vitest";
import { readFrontendMessages } from "./frontend-messages.js";
import type { RecordedStatement } from "./recorded-statement.js";

const text = (words: string) => Buffer.from(`${words}\0`);
const int16 = (number: number) => Buffer.from([number >> 8, number & 255]);
const int32 = (number: number) => Buffer.from(Int32Array.of(number).buffer).reverse();
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};

const stream = Buffer.concat([
  message("", int32(196_608), text("user"), text("someone"), text("")),
  message("P", text("by name"), text("SELECT $1, $2, $3"), int16(0)),
  message(
    ...(["B", text(""), text("by name"), int16(3), int16(0), int16(1), int16(0), int16(3)] as const),
    ...[int32(2), Buffer.from("ab"), int32(2), Buffer.from([0, 255]), int32(-1), int16(0)],
  ),
  message("Q", text("COMMIT")),
]);

test.each([1, 7, stream.length])("statements are read from pieces of %i bytes", (size) => {
  const statements: RecordedStatement[] = [];
  const read = readFrontendMessages((statement) => statements.push(statement));
  for (let start = 0; start < stream.length; start += size) read(stream.subarray(start, start + size));
  expect(statements).toEqual([
    { name: "by name", text: "SELECT $1, $2, $3", values: ["ab", Buffer.from([0, 255]), null] },
    { name: "", text: "COMMIT", values: [] },
  ]);
});
