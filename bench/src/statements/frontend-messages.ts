import type { RecordedStatement } from "./recorded-statement.js";

const TYPE = { query: "Q", parse: "P", bind: "B" } as const;
const BINARY = 1;

/**
 * Reads what a client sends to Postgres (protocol 3.0, "Message Formats" in the manual of Postgres), and gives each
 * statement that is run.
 *
 * @returns takes the bytes of one connection, in any pieces
 */
export function readFrontendMessages(onStatement: (statement: RecordedStatement) => void): (piece: Buffer) => void {
  const prepared = new Map<string, string>();
  let rest: Buffer = Buffer.alloc(0);
  let isStarted = false;
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    // The first message has no type before its length.
    for (let head = isStarted ? 1 : 0; rest.length >= head + 4; head = 1) {
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      const type = head === 0 ? "start" : String.fromCharCode(rest[0] ?? 0);
      const body = new Fields(rest.subarray(head + 4, end));
      rest = rest.subarray(end);
      isStarted = true;
      if (type === TYPE.query) onStatement({ name: "", text: body.text(), values: [] });
      if (type === TYPE.parse) prepared.set(body.text(), body.text());
      if (type === TYPE.bind) onStatement(readBind(body, prepared));
    }
  };
}

function readBind(body: Fields, prepared: ReadonlyMap<string, string>): RecordedStatement {
  body.text(); // the portal
  const name = body.text();
  const formats = Array.from({ length: body.int16() }, () => body.int16());
  const values = Array.from({ length: body.int16() }, (_, place) => {
    const bytes = body.bytes();
    // One format is that of all; none means text.
    const format = formats.length === 1 ? formats[0] : formats[place];
    return format === BINARY ? bytes : (bytes?.toString("utf8") ?? null);
  });
  return { name, text: prepared.get(name) ?? "", values };
}

class Fields {
  #at = 0;

  constructor(private readonly message: Buffer) {}

  text(): string {
    const end = this.message.indexOf(0, this.#at);
    const text = this.message.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  int16(): number {
    this.#at += 2;
    return this.message.readInt16BE(this.#at - 2);
  }

  /** Null where the length says so. */
  bytes(): Buffer | null {
    const length = this.message.readInt32BE(this.#at);
    this.#at += 4;
    if (length < 0) return null;
    this.#at += length;
    // A copy: the message is a view of what comes next.
    return Buffer.from(this.message.subarray(this.#at - length, this.#at));
  }
}
