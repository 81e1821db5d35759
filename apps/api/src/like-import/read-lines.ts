/** A line of a file, and where the next one begins. */
export interface FileLine {
  /** Undefined where the line is longer than what is taken: it is passed over without being kept. */
  readonly text: string | undefined;
  /** Bytes from the start of what was read to behind the line. */
  readonly end: number;
}

export const NEWLINE = 0x0a;

/** Cuts a stream into lines, holding no more than one of them. */
export async function* readLines(chunks: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let end = 0;
  const take = (): string | undefined => {
    const text = length > maxLineBytes ? undefined : Buffer.concat(parts).toString("utf8").replace(/\r$/, "");
    parts = [];
    length = 0;
    return text;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, start);
      const part = chunk.subarray(start, newline === -1 ? undefined : newline);
      length += part.length;
      end += part.length;
      if (length <= maxLineBytes) parts.push(part);
      else parts = [];
      if (newline === -1) break;
      end += 1;
      start = newline + 1;
      yield { text: take(), end };
    }
  }
  if (length > 0) yield { text: take(), end };
}
