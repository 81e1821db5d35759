/** The first byte of a feature in 16 bits a number. It makes the length odd, by which the older form is told apart. */
const SIXTEEN_BITS = 1;
/** That byte, then the least number and the step between two neighbours, each Float32. */
const HEAD = 9;
const STEPS = 0xffff;

/**
 * A feature as it is stored: a head, then 16 bits for each number, little-endian: how many steps it lies above the least
 * of them. Float16 would be as small, and change a probability by six times as much at most: it spends five of its bits on an
 * exponent, but the numbers of a feature are all of one order.
 */
export function packFeature(feature: Float32Array): Uint8Array<ArrayBuffer> {
  let [least, most] = [Infinity, -Infinity];
  for (const number of feature) {
    if (!Number.isFinite(number)) throw new RangeError(`A feature cannot hold ${number}.`);
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  const bytes = new Uint8Array(HEAD + 2 * feature.length);
  if (feature.length === 0) least = most = 0;
  const view = new DataView(bytes.buffer);
  const step = Math.fround((most - least) / STEPS);
  view.setUint8(0, SIXTEEN_BITS);
  view.setFloat32(1, least, true);
  view.setFloat32(5, step, true);
  feature.forEach((number, n) => {
    const steps = step === 0 ? 0 : Math.round((number - least) / step);
    view.setUint16(HEAD + 2 * n, Math.min(STEPS, steps), true);
  });
  return bytes;
}

/**
 * The feature out of its stored bytes, whichever form they have: it was Float32 alone before.
 *
 * @throws RangeError for bytes of neither form
 */
export function unpackFeature(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length % 4 === 0) {
    return Float32Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true));
  }
  if (bytes.length % 2 === 0 || bytes.length < HEAD || view.getUint8(0) !== SIXTEEN_BITS) {
    throw new RangeError("The bytes of a stored feature are of no form that is known.");
  }
  const [least, step] = [view.getFloat32(1, true), view.getFloat32(5, true)];
  const feature = new Float32Array((bytes.length - HEAD) / 2);
  for (let n = 0; n < feature.length; n++) feature[n] = least + step * view.getUint16(HEAD + 2 * n, true);
  return feature;
}

/** What will be read of a feature once it is stored. Whoever goes on with a new one takes this, to decide the same then. */
export function asStored(feature: Float32Array): Float32Array {
  return unpackFeature(packFeature(feature));
}

/** For others to read: Float32, little-endian. */
export function float32Bytes(feature: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * feature.length);
  const view = new DataView(bytes.buffer);
  feature.forEach((number, n) => view.setFloat32(4 * n, number, true));
  return bytes;
}
