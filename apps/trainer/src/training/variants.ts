import {
  defineArchitecture,
  defineLiteralArchitecture,
  type Architecture,
  type ArchitectureChoice,
} from "@facet/interest-attention";
import { CATEGORY_SHARE } from "@facet/interest-attention/training";
import type { VariantName } from "./variant-names.js";

/** A scorer to train: the shipped one, the method to the letter, or the shipped one without one of its parts. */
export interface Variant {
  /** What sets it apart, for the model card. */
  readonly about: string;
  readonly define: (choice: ArchitectureChoice) => Architecture;
  /** What the category's part of the loss counts, where covers are known. */
  readonly lambda: number;
}

function shippedBut(about: string, change: Partial<Architecture> & { readonly lambda?: number }): Variant {
  const { lambda = CATEGORY_SHARE, ...parts } = change;
  return { about, define: (choice) => defineArchitecture({ ...parts, ...choice }), lambda };
}

export const VARIANTS: Readonly<Record<VariantName, Variant>> = {
  shipped: shippedBut("the shipped scorer", {}),
  literal: {
    about: "features alone enter the recurrent units, and the description is where the second one ended",
    define: defineLiteralArchitecture,
    lambda: CATEGORY_SHARE,
  },
  "without-first-gru": shippedBut("the first recurrent unit is missing", { without: ["firstGru"] }),
  "without-second-gru": shippedBut("the second recurrent unit is missing", { without: ["secondGru"] }),
  "without-coincidence": shippedBut("a frame's weight is read from its own output alone", { without: ["coincidence"] }),
  "without-relations": shippedBut("no relation numbers stand beside the features", { relations: "none" }),
  "without-category-loss": shippedBut("the category's part of the loss counts nothing", { lambda: 0 }),
  "without-recency": shippedBut("nothing says how long ago an image was liked but its place", { without: ["recency"] }),
  "last-state": shippedBut("the description is where the second recurrent unit ended", { description: "lastState" }),
};
