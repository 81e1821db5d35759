/** Wire types of protocol buffers that ONNX' messages need. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const utf8 = new TextEncoder();

/** Writes one protocol buffers message, field by field. Parts are kept as they are and joined once, at the end. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];

  /** @param value whole number; a negative one takes ten bytes, as the format has it */
  integer(field: number, value: number | bigint): this {
    this.#parts.push(varint((field << 3) | VARINT), varint(BigInt(value)));
    return this;
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#parts.push(varint((field << 3) | FIXED_32), bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#parts.push(varint((field << 3) | LENGTH_DELIMITED), varint(value.byteLength), value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  message(field: number, value: MessageWriter): this {
    this.#parts.push(varint((field << 3) | LENGTH_DELIMITED), varint(value.byteLength), ...value.#parts);
    return this;
  }

  get byteLength(): number {
    return this.#parts.reduce((sum, part) => sum + part.byteLength, 0);
  }

  toBytes(): Uint8Array {
    const joined = new Uint8Array(this.byteLength);
    let offset = 0;
    for (const part of this.#parts) {
      joined.set(part, offset);
      offset += part.byteLength;
    }
    return joined;
  }
}

function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
