import type { PhotoCollection } from "../photos/photo.js";
import { RECIPE } from "./recipe.js";

/** How often training draws from each collection; all together 1. */
export function collectionShares(collections: readonly PhotoCollection[]): number[] {
  return sharesOf(collections.map(countPhotos));
}

/** What each collection counts in the metric; all together 1. */
export function metricShares(collections: readonly PhotoCollection[]): number[] {
  return sharesOf(collections.map(countPhotos), RECIPE.metricPower);
}

/** @param sizes numbers of pictures */
export function sharesOf(sizes: readonly number[], exponent: number = RECIPE.collectionPower): number[] {
  const powers = sizes.map((size) => size ** exponent);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

export function countPhotos({ interests }: PhotoCollection): number {
  return interests.reduce((sum, { photos }) => sum + photos.length, 0);
}
