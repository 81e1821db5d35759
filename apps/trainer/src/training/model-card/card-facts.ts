import type { Backbone } from "@facet/feature-encoder";
import type { Material } from "../material.js";
import type { TrainedSeed } from "../train-seed.js";
import type { TrainingOptions } from "../training-options.js";
import type { TrainingPlan, TrainingSetup } from "../training-setup.js";

/** What a model card is written from. */
export interface CardFacts {
  readonly options: TrainingOptions;
  readonly material: Material;
  readonly plan: TrainingPlan;
  /** The seed whose model the card is of. */
  readonly chosen: TrainedSeed;
  /** All seeds, the chosen one among them. */
  readonly trained: readonly TrainedSeed[];
  readonly backend: string;
  /** What encoded the pictures, where that was not the shipped backbone. */
  readonly backbone: Backbone | undefined;
  /** The model that training went on from. */
  readonly startedFrom: StartingScore | undefined;
  /** Appended as they are. */
  readonly notes: readonly string[];
}

/** The training that the model is the end of. */
export function setupOfModel({ plan: { first, last } }: Pick<CardFacts, "plan">): TrainingSetup {
  return last ?? first;
}

export interface StartingScore {
  readonly modelVersion: string;
  /** Of the same validation groups before training, 0..1. */
  readonly score: number;
}
