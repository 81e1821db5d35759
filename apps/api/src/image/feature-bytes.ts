import { endianness } from "node:os";

// Typed arrays have the machine's order; every machine that Node runs on today is little-endian but a few.
const isLittleEndian = endianness() === "LE";

/** A feature as it is stored: Float32, little-endian. */
export function packFeature(feature: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(feature.byteLength);
  bytes.set(new Uint8Array(feature.buffer, feature.byteOffset, feature.byteLength));
  return isLittleEndian ? bytes : swap(bytes);
}

/** The feature out of its stored bytes. */
export function unpackFeature(bytes: Uint8Array): Float32Array {
  // A copy: what the driver hands out may begin at any offset, and Float32Array wants a multiple of four.
  const copy = Uint8Array.from(bytes);
  return new Float32Array((isLittleEndian ? copy : swap(copy)).buffer);
}

function swap(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  Buffer.from(bytes.buffer).swap32();
  return bytes;
}
