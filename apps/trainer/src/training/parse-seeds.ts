import { LARGEST_SEED } from "../command-line.js";
import { parseCount } from "../evaluation/evaluation-options.js";

const MOST_SEEDS = 20;

/** @throws RangeError that names what is wrong in the list */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").map((part) => parseCount(part.trim(), 0, LARGEST_SEED));
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (twice !== undefined) throw new RangeError(`The seed ${twice} is there twice.`);
  if (seeds.length > MOST_SEEDS) throw new RangeError(`There are ${seeds.length} seeds: the limit is ${MOST_SEEDS}.`);
  return seeds;
}
