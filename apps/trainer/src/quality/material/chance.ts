import type { Random } from "../../random.js";

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.fraction();
}

export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability;
}

/** Normally distributed, mean 0, deviation 1 (Box and Muller 1958). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
}
