import {
  coverProbabilities,
  describeHistory,
  interestWeights,
  padBatch,
  scoreCandidates,
  type DescriptionTensors,
  type FirstUnitOutputs,
} from "@facet/interest-attention/training";
import { concat, div, slice, zerosLike, type Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { ViewerClusters } from "../../apps/trainer/src/evaluation/clustered-bootstrap.js";
import { seededRandom } from "../../apps/trainer/src/random.js";
import { indexOfLargest, loadShippedScorer, MadeUpInterests, type ShippedScorer } from "./shipped-scorer.fixture.js";

const INTERESTS = 24;
const VIEWERS_OF_EACH = 4;
const SHOWN = 6;
const FRAMES_OF_EACH = 2;

/** A viewer whose taste went from one interest to another; the video shows both, and others beside them. */
interface Viewer {
  readonly interest: string;
  readonly likedImages: Float32Array[];
  readonly frames: Float32Array[];
  readonly right: boolean[];
}

describe("claims 2 and 5: the results rest on what the recurrent units give", () => {
  let shipped: ShippedScorer;
  let viewers: Viewer[];
  let description: DescriptionTensors;
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    viewers = drawViewers(new MadeUpInterests(shipped));
    const { architecture } = shipped.model.description;
    const { embedding, history } = shipped.layers;
    const { values, present } = padBatch(
      viewers.map(({ likedImages }) => likedImages),
      shipped.scorer.featureWidth,
    );
    description = describeHistory(architecture, embedding, history, values, present);
  });

  const score = (by: DescriptionTensors) => {
    const { values, present } = padBatch(
      viewers.map(({ frames }) => frames),
      shipped.scorer.featureWidth,
    );
    return { ...scoreCandidates(shipped.layers, by, values, present), present };
  };
  const hitsOf = (probabilities: number[][]) =>
    viewers.map(({ right }, n) => Number(right[indexOfLargest(probabilities[n] ?? [])] === true));
  const usual = () => hitsOf(score(description).probabilities.arraySync());
  /** The most that the difference may be, of an interval of 95% clustered by interest. */
  const highestLoss = (hits: number[]) => {
    const clusters = new ViewerClusters(
      viewers.map(({ interest }) => interest),
      seededRandom("recurrent units"),
    );
    const before = usual();
    return clusters.estimateMean(hits.map((hit, n) => hit - (before[n] ?? 0))).high;
  };

  test("the shipped scorer follows a taste that changed", () => {
    const hits = usual();
    expect(mean(hits)).toBeGreaterThan(0.7);
  });

  test("with the second unit's states replaced by zeros fewer covers are right, beyond chance", () => {
    const { units } = shipped.model.description.architecture;
    const read: Tensor3D = slice(description.states, [0, 0, 0], [-1, -1, 2 * units]);
    const carried: Tensor3D = slice(description.states, [0, 0, 2 * units], [-1, -1, -1]);
    const silenced = { ...description, states: concat([zerosLike(read), carried], 2) };
    expect(highestLoss(hitsOf(score(silenced).probabilities.arraySync()))).toBeLessThan(0);
  });

  test("with the first unit's output replaced by zeros fewer covers are right, beyond chance", () => {
    const { outputs, interestPoints, present, kind } = score(description);
    const nothing: FirstUnitOutputs = { states: zerosLike(outputs.states), carried: zerosLike(outputs.carried) };
    const weights = interestWeights(shipped.layers.interest.coincidence, nothing, present, kind);
    const width = shipped.model.description.architecture.embeddingWidth;
    // The frames' features stay as they are: X is weight x feature, and its last column the weight.
    const directions: Tensor3D = div(
      slice(interestPoints, [0, 0, 0], [-1, -1, width]),
      slice(interestPoints, [0, 0, width], [-1, -1, 1]),
    );
    const { probabilities } = coverProbabilities(shipped.layers.cover, weights, directions, present);
    const hits = hitsOf(probabilities.arraySync());
    expect(highestLoss(hits)).toBeLessThan(0);
    // Nothing goes round the unit: features without weights know of no viewer. By chance a sixth would be right.
    expect(mean(hits)).toBeLessThan(2 / SHOWN);
  });
});

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function drawViewers(interests: MadeUpInterests): Viewer[] {
  return Array.from({ length: INTERESTS * VIEWERS_OF_EACH }, (_, n) => {
    const late = n % INTERESTS;
    const random = seededRandom("viewer", n);
    const [early = 0, ...others] = random.shuffle(
      Array.from({ length: INTERESTS }, (_unused, i) => i).filter((i) => i !== late),
    );
    const shown = random.shuffle([early, late, ...others.slice(0, SHOWN - 2)]);
    return {
      interest: String(late),
      likedImages: [...interests.picture(early, 14, 100 * n), ...interests.picture(late, 6, 100 * n)],
      frames: shown.flatMap((interest) => interests.picture(interest, FRAMES_OF_EACH, 100 * n + 50)),
      right: shown.flatMap((interest) => Array<boolean>(FRAMES_OF_EACH).fill(interest === late)),
    };
  });
}
