/** What training is told of a video: which frames are right covers and what its category is, or its category alone. */
export type Labels =
  | {
      readonly kind: "cover";
      /** What the category's part of the loss counts. */
      readonly lambda: number;
    }
  | { readonly kind: "category" };

export const LABEL_KINDS = ["cover", "category"] as const satisfies readonly Labels["kind"][];
