import { padBatch, type PaddedBatch, type Wanted } from "@facet/interest-attention/training";
import { dispose, tensor2d } from "@tensorflow/tfjs-core";
import type { PhotoRef } from "../episodes/episode.js";
import type { TrainingGroup } from "../groups/training-group.js";

/** Training groups as tensors. */
export interface TrainingBatch {
  readonly history: PaddedBatch;
  readonly frames: PaddedBatch;
  readonly wanted: Wanted;
}

/**
 * @param featureOf  the feature of a photo or frame that was prepared
 * @param categories number of each category; a video of any other has none
 */
export function makeBatch(
  groups: readonly TrainingGroup[],
  featureOf: (photo: PhotoRef) => Float32Array,
  categories: ReadonlyMap<string, number>,
  featureWidth: number,
): TrainingBatch {
  const frames = padBatch(
    groups.map((group) => group.frames.map(featureOf)),
    featureWidth,
  );
  const [, longest] = frames.present.shape;
  const right = new Float32Array(groups.length * longest);
  const category = new Float32Array(groups.length * categories.size);
  groups.forEach((group, n) => {
    group.right.forEach((isRight, i) => (right[n * longest + i] = isRight ? 1 : 0));
    const number = group.category === undefined ? undefined : categories.get(group.category);
    if (number !== undefined) category[n * categories.size + number] = 1;
  });
  return {
    history: padBatch(
      groups.map((group) => group.history.map(featureOf)),
      featureWidth,
    ),
    frames,
    wanted: {
      right: tensor2d(right, [groups.length, longest]),
      category: tensor2d(category, [groups.length, categories.size]),
    },
  };
}

export function disposeBatch({ history, frames, wanted }: TrainingBatch): void {
  dispose([history.values, history.present, frames.values, frames.present, wanted.right, wanted.category]);
}
