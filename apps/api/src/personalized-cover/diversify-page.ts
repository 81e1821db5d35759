/** A frame that a cover may show. */
export interface CoverOption {
  /** 0..1 */
  readonly probability: number;
  /** `[width]`, of length 1 */
  readonly direction: Float32Array;
}

/** What diversity 1 may cost at most: this share of the probability of the most probable frame. */
export const MOST_LOST = 0.5;

/** Cosines of features from which pictures begin to look alike: photographs of different things stay below it. */
const ALIKE_FROM = 0.85;

/**
 * Picks a frame for each cover of a page so that no two look alike, where that costs little: by maximal marginal
 * relevance. A cover's first option stays unless another one is worth more for the page; one that has no second option
 * cannot move, so the others keep clear of it wherever it stands. Otherwise the earlier of two covers has the first word.
 *
 * No cover loses more than `diversity` x {@link MOST_LOST} of its first option's probability, and with 0 none loses any.
 *
 * @param covers    each the options of a cover, the most probable first; at least one
 * @param diversity 0..1
 * @returns of each cover the option picked
 */
export function diversifyPage<Option extends CoverOption>(
  covers: readonly (readonly [Option, ...Option[]])[],
  diversity: number,
): Option[] {
  const shown = covers.flatMap((options) => (options.length === 1 ? options : []));
  return covers.map((options) => {
    if (options.length === 1) return options[0];
    const picked = pickOption(options, shown, diversity);
    shown.push(picked);
    return picked;
  });
}

function pickOption<Option extends CoverOption>(
  options: readonly [Option, ...Option[]],
  shown: readonly Option[],
  diversity: number,
): Option {
  const [first] = options;
  const lowest = lowestProbability(first.probability, diversity);
  let best = first;
  let bestWorth = -Infinity;
  for (const option of options) {
    if (option.probability < lowest) continue;
    const relevance = (1 - diversity) * (option.probability / first.probability);
    // The rest are no more relevant, and unlike everything at most.
    if (relevance <= bestWorth) break;
    const worth = relevance - diversity * likeness(option, shown);
    if (worth > bestWorth) [best, bestWorth] = [option, worth];
  }
  return best;
}

/** What a frame must at least be given to stand in for one of this probability. */
export function lowestProbability(probability: number, diversity: number): number {
  return probability * (1 - diversity * MOST_LOST);
}

/** With the most alike of what is shown: 0 different, 1 the same picture. */
function likeness(option: CoverOption, shown: readonly CoverOption[]): number {
  const nearest = shown.reduce((most, other) => Math.max(most, dot(option.direction, other.direction)), 0);
  return Math.max(0, (nearest - ALIKE_FROM) / (1 - ALIKE_FROM));
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}
