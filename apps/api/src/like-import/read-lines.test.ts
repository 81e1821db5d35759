import { expect, test } from "vitest";
import { readLines, type FileLine } from "./read-lines.js";

async function linesOf(chunks: readonly string[], maxLineBytes = 100): Promise<FileLine[]> {
  async function* stream(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
  }
  const lines: FileLine[] = [];
  for await (const line of readLines(stream(), maxLineBytes)) lines.push(line);
  return lines;
}

test.each([[["a\nbü\r\n\nc"]], [["a", "\n", "bü\r", "\n\n", "c"]], [["a", "\nb", "ü\r", "\n\nc"]]])(
  "%j is cut at its newlines, wherever the chunks end",
  async (chunks) => {
    expect(await linesOf(chunks)).toEqual([
      { text: "a", end: 2 },
      { text: "bü", end: 7 },
      { text: "", end: 8 },
      { text: "c", end: 9 },
    ]);
  },
);

test("a newline at the end begins no line", async () => {
  expect(await linesOf(["a\n"])).toEqual([{ text: "a", end: 2 }]);
  expect(await linesOf([])).toEqual([]);
});

test("a line that is too long is passed over, and the next one is whole", async () => {
  expect(await linesOf(["123", "456\nab", "c\n"], 5)).toEqual([
    { text: undefined, end: 7 },
    { text: "abc", end: 11 },
  ]);
});
