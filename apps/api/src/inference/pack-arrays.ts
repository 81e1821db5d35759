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
  if (Array.isArray(value)) return value.map((item) => packArrays(item, buffers));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, packArrays(item, buffers)]));
}

function isTypedArray(value: unknown): value is TypedArray {
  return value instanceof Float32Array || value instanceof Uint8Array;
}
