import type { TrainingOptions } from "./training-options.js";

/** What `train` is asked where nothing but this is said. */
export function trainingOptions(
  said: Pick<TrainingOptions, "out" | "cache"> & Partial<TrainingOptions>,
): TrainingOptions {
  return {
    photos: [],
    groups: [],
    seeds: [1],
    labels: "cover",
    variant: "shipped",
    once: false,
    restart: false,
    skipBadGroups: false,
    cardNotes: [],
    commandLine: "npm run train",
    ...said,
  };
}
