import type { Chance } from "./chance.js";

/** Draws a place with a chance in proportion to its weight, in constant time (Walker's aliases). */
export class WeightedDraw {
  readonly #keep: Float64Array;
  readonly #alias: Int32Array;

  constructor(weights: readonly number[]) {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const scaled = Float64Array.from(weights, (weight) => (weight * weights.length) / sum);
    this.#keep = new Float64Array(weights.length).fill(1);
    this.#alias = Int32Array.from(weights.keys());
    const small = [...scaled.keys()].filter((place) => at(scaled, place) < 1);
    const large = [...scaled.keys()].filter((place) => at(scaled, place) >= 1);
    for (let low = small.pop(); low !== undefined; low = small.pop()) {
      const high = large.at(-1);
      if (high === undefined) break;
      this.#keep[low] = at(scaled, low);
      this.#alias[low] = high;
      scaled[high] = at(scaled, high) + at(scaled, low) - 1;
      if (at(scaled, high) < 1) small.push(...large.splice(-1));
    }
  }

  next(chance: Chance): number {
    const place = Math.floor(chance.next() * this.#keep.length);
    return chance.next() < at(this.#keep, place) ? place : at(this.#alias, place);
  }
}

function at(values: Float64Array | Int32Array, place: number): number {
  return values[place] ?? Number.NaN;
}
