import type { World } from "../episodes/episode.js";

/** How a scorer is trained. Every number was settled on validation interests, and is written into the model card. */
export const RECIPE = {
  /** The worlds that training draws from; W0 has nothing to learn, and without a like no scorer is asked. */
  worlds: ["W1", "W2", "W3", "W5", "W6-1", "W6-3"] as const satisfies readonly World[],
  /** Training groups of a world for each one of another: telling spoiled frames from clean ones takes the most practice. */
  practice: { W1: 1, W2: 1, W3: 1, W5: 2, "W6-1": 1, "W6-3": 1 },
  /** Training groups are drawn from a collection by this power of its number of photos: small ones are heard. */
  collectionPower: 0.4,
  /** The same for what a collection counts in the metric. */
  metricPower: 0.6,
  /** Share of the viewers who liked fewer images than their world says. */
  thinnedHistories: 0.2,
  /** Share of the videos that show beside the viewer's interests only the so many that look most like them. */
  lookAlikes: { share: 0.5, among: 12 },
  /** Toward a multiple of the identity, of the covariance that the metric is fitted with. */
  shrinkage: 0.3,
  /** Directions of the metric that are kept, if there are so many: one less than interests. */
  embeddingWidth: 160,
  batch: 64,
  learningRate: 3e-3,
  /** Of what training adds to the metric, against everything else. */
  residualRate: 0.1,
  warmUpSteps: 100,
  weightDecay: 1e-3,
  /** The gradient's length is cut to this. */
  clip: 1,
  dropout: 0.1,
  /** Share of the metric's directions that an episode must do without. */
  directionsMasked: 0.25,
  /** Share of the training interests that validation is made of. */
  validationShare: 0.12,
  validationSeed: 2,
  fewestValidationInterests: 5,
  validationEpisodes: 60,
  validateEvery: 100,
  /** Photos of an interest that are also shown degraded: a limit on what must be encoded. */
  degradedPhotos: 40,
} as const;

/** Linear warm-up, then half a cosine down to 0. @param step from 0 */
export function learningRateAt(step: number, steps: number): number {
  const warmUp = Math.min(RECIPE.warmUpSteps, steps / 2);
  const progress = Math.max(0, (step - warmUp) / (steps - warmUp));
  return RECIPE.learningRate * Math.min(1, (step + 1) / warmUp) * 0.5 * (1 + Math.cos(Math.PI * progress));
}
