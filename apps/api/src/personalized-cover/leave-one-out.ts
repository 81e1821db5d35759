import type { HistoryInterestDescription, InterestAttentionScorer } from "@facet/interest-attention";

/** A history as it is, and as it would be without each of its liked images. */
export interface LeftOutHistories {
  readonly whole: HistoryInterestDescription;
  /** In the order of the history; undefined where nothing would be left. */
  readonly without: readonly (HistoryInterestDescription | undefined)[];
}

/** @param history features of the liked images, oldest first; at least one */
export async function describeLeavingOut(
  scorer: Pick<InterestAttentionScorer, "describeHistories">,
  history: readonly Float32Array[],
): Promise<LeftOutHistories> {
  const shorter = history.length === 1 ? [] : history.map((_, place) => history.toSpliced(place, 1));
  const [whole, ...without] = await scorer.describeHistories([history, ...shorter]);
  if (whole === undefined) throw new Error("The scorer gave no description.");
  return { whole, without: history.map((_, place) => without[place]) };
}

/**
 * By how much the probability of a frame falls when a liked image is left out, for each of them: exact, by scoring the
 * video anew without it, all in one call.
 *
 * @param frames         features of the candidate frames, by time
 * @param chosen         place of the frame among them
 * @param withoutHistory the frame's probability for a viewer who likes nothing
 */
export async function measureFalls(
  scorer: Pick<InterestAttentionScorer, "scoreFrames">,
  { whole, without }: LeftOutHistories,
  frames: readonly Float32Array[],
  chosen: number,
  withoutHistory: number,
): Promise<number[]> {
  const described = without.filter((description) => description !== undefined);
  const scores = await scorer.scoreFrames([whole, ...described].map((description) => ({ frames, description })));
  const [probability = NaN, ...shortened] = scores.map(({ probabilities }) => probabilities[chosen] ?? NaN);
  const rest = shortened.values();
  return without.map((description) => {
    const left = description === undefined ? withoutHistory : (rest.next().value ?? NaN);
    if (!Number.isFinite(probability - left)) throw new Error("The scorer gave the frame no number.");
    return probability - left;
  });
}
