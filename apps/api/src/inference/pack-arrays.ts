/** Typed arrays are all that networks take and give beside numbers and text. */
type TypedArray = Float32Array | Uint8Array;

/**
 * The same value with every typed array in memory of its own, which can then be handed to another thread without a
 * further copy. A view alone would take all of the memory that it is a view of with it.
 *
 * @param value plain objects, lists and typed arrays
 * @param buffers gets the memory of all arrays: what `postMessage` is to transfer
 */
export function packArrays(value: unknown, buffers: ArrayBuffer[]): unknown {
  if (isTypedArray(value)) {
    const own = value instanceof Float32Array ? new Float32Array(value) : new Uint8Array(value);
    buffers.push(own.buffer);
    return own;
  }
  return mapParts(value, (part) => packArrays(part, buffers));
}

/**
 * The same value with all typed arrays in one piece of memory, which is then handed to another thread at once: a page of
 * covers has more than a thousand of them. Only for what is not kept for long there: one array that is kept keeps the memory of all.
 *
 * @param value as of `packArrays`
 */
export function packTogether(value: unknown): { readonly packed: unknown; readonly buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(sizeOf(value));
  let filled = 0;
  const pack = (part: unknown): unknown => {
    if (!isTypedArray(part)) return mapParts(part, pack);
    const Kind = part instanceof Float32Array ? Float32Array : Uint8Array;
    const own = new Kind(buffer, filled, part.length);
    own.set(part);
    filled += roundUp(part.byteLength);
    return own;
  };
  return { packed: pack(value), buffer };
}

function sizeOf(value: unknown): number {
  if (isTypedArray(value)) return roundUp(value.byteLength);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + sizeOf(part), 0);
}

/** Where an array of any kind may begin. */
function roundUp(bytes: number): number {
  return Math.ceil(bytes / Float32Array.BYTES_PER_ELEMENT) * Float32Array.BYTES_PER_ELEMENT;
}

function mapParts(value: unknown, map: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, map(part)]));
}

function isTypedArray(value: unknown): value is TypedArray {
  return value instanceof Float32Array || value instanceof Uint8Array;
}
