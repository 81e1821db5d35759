import type { PhotoCollection } from "../photos/photo.js";
import { RECIPE } from "./recipe.js";

/** How much each collection counts: a power of its number of photos, all together 1. */
export function collectionShares(collections: readonly PhotoCollection[]): number[] {
  return sharesOf(collections.map(countPhotos));
}

/** @param sizes numbers of pictures */
export function sharesOf(sizes: readonly number[]): number[] {
  const powers = sizes.map((size) => size ** RECIPE.collectionPower);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export function countPhotos({ interests }: PhotoCollection): number {
  return interests.reduce((sum, { photos }) => sum + photos.length, 0);
}
