import { padBatch, type PaddedBatch, type Wanted } from "@facet/interest-attention";
import { dispose, tensor2d } from "@tensorflow/tfjs-core";
import type { Episode, PhotoRef } from "../episodes/episode.js";

/** Training groups as tensors. Claim 8: a group is a video, its category, its cover and liked images. */
export interface TrainingBatch {
  readonly history: PaddedBatch;
  readonly frames: PaddedBatch;
  readonly wanted: Wanted;
}

/**
 * @param featureOf  the feature of a photo that was prepared
 * @param categories number of each category; a video of any other has none
 */
export function makeBatch(
  episodes: readonly Episode[],
  featureOf: (photo: PhotoRef) => Float32Array,
  categories: ReadonlyMap<string, number>,
  featureWidth: number,
): TrainingBatch {
  const frames = padBatch(
    episodes.map((episode) => episode.frames.map(featureOf)),
    featureWidth,
  );
  const [, longest] = frames.present.shape;
  const right = new Float32Array(episodes.length * longest);
  const category = new Float32Array(episodes.length * categories.size);
  episodes.forEach((episode, n) => {
    episode.right.forEach((isRight, i) => (right[n * longest + i] = isRight ? 1 : 0));
    const number = categories.get(episode.category);
    if (number !== undefined) category[n * categories.size + number] = 1;
  });
  return {
    history: padBatch(
      episodes.map((episode) => episode.history.map(featureOf)),
      featureWidth,
    ),
    frames,
    wanted: {
      right: tensor2d(right, [episodes.length, longest]),
      category: tensor2d(category, [episodes.length, categories.size]),
    },
  };
}

export function disposeBatch({ history, frames, wanted }: TrainingBatch): void {
  dispose([history.values, history.present, frames.values, frames.present, wanted.right, wanted.category]);
}
