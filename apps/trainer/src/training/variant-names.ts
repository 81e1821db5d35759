/** Apart from what they stand for, because that loads the tensor library. */
export const VARIANT_NAMES = [
  "shipped",
  "literal",
  "without-first-gru",
  "without-second-gru",
  "without-coincidence",
  "without-relations",
  "without-category-loss",
  "without-recency",
  "last-state",
] as const;

export type VariantName = (typeof VARIANT_NAMES)[number];

export const DEFAULT_VARIANT = "shipped" satisfies VariantName;
