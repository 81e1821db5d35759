/** Numbers of -0.5 to 0.5, the same for the same seed: a linear congruential generator (Numerical Recipes), enough for input whose values do not matter. */
export function randomNumbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/** Of length 1, as the encoder's are nearly. */
export function randomFeatures(count: number, width: number, seed: number): Float32Array[] {
  return Array.from({ length: count }, (_, place) => {
    const numbers = randomNumbers(width, seed * 65_537 + place);
    const length = Math.hypot(...numbers);
    return numbers.map((number) => number / length);
  });
}
