import { WORLDS, type World } from "../episodes/episode.js";

export interface EvaluationOptions {
  /** Folders of interests. */
  readonly photos: readonly string[];
  /** Folder of a trained scorer; the shipped one unless given. */
  readonly model?: string;
  /** A `backbone.json`, or its folder: what encodes the photos in place of the shipped backbone. */
  readonly backbone?: string;
  readonly worlds: readonly World[];
  /** Viewers in each world, spread evenly over the folders. */
  readonly viewers: number;
  readonly seed: number;
  /** File to write the results to. */
  readonly json?: string;
  /** Folder of the feature cache. */
  readonly cache?: string;
  /** Judge only on the interests that training never sees, and fit the LDA metric on the others. */
  readonly heldOut: boolean;
  /** Folders whose training interests fit the LDA metric. */
  readonly fitPhotos: readonly string[];
}

/** @throws RangeError naming the world that there is not */
export function parseWorlds(text: string): World[] {
  return text.split(",").map((part) => {
    const name = part.trim().toUpperCase();
    const world = WORLDS.find((known) => known === name);
    if (!world) throw new RangeError(`There is no world "${part.trim()}": there are ${WORLDS.join(", ")}.`);
    return world;
  });
}

/** @throws RangeError naming the limits */
export function parseCount(text: string, fewest: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < fewest || number > most) {
    throw new RangeError(`${text} is not a whole number from ${fewest} to ${most}.`);
  }
  return number;
}
