import { expect, test } from "vitest";
import { MessageWriter } from "./protobuf.js";
import { OnnxGraph } from "./onnx-graph.js";

const hex = (message: MessageWriter) => Buffer.from(message.toBytes()).toString("hex");

test("fields are written as protocol buffers write them", () => {
  expect(hex(new MessageWriter().integer(1, 150))).toBe("089601");
  expect(hex(new MessageWriter().integer(8, -1))).toBe("40ffffffffffffffffff01");
  expect(hex(new MessageWriter().text(2, "testing"))).toBe("120774657374696e67");
  expect(hex(new MessageWriter().float(2, 1))).toBe("150000803f");
  expect(hex(new MessageWriter().message(3, new MessageWriter().integer(1, 150)))).toBe("1a03089601");
});

test("a number that is used twice is kept once", () => {
  const graph = new OnnxGraph("test");
  expect(graph.float(0.5)).toBe(graph.float(0.5));
  expect(graph.float(0.5)).not.toBe(graph.float(0.25));
  expect(graph.ints([1, 2])).not.toBe(graph.ints([12]));
});
