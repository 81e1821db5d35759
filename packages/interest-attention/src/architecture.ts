/** A part of the method that a scorer can be made without, to measure what the part is worth. */
export type Ablation = "firstGru" | "secondGru" | "coincidence" | "recency";

export const ABLATIONS = ["firstGru", "secondGru", "coincidence", "recency"] as const satisfies readonly Ablation[];

/** The sizes and choices that make one scorer different from another. Part of every model folder. */
export interface Architecture {
  /** Numbers in an encoded feature. */
  readonly featureWidth: number;
  /**
   * Kinds of picture that lie apart in the feature space whatever they show, as thumbnails and photographs do: each has a
   * mean of its own.
   */
  readonly pictureKinds: number;
  /** Numbers in an embedding: the directions of the metric that are kept. */
  readonly embeddingWidth: number;
  /** Rank of what training may add to the fitted metric; 0 leaves the metric as it was fitted. */
  readonly residualRank: number;
  /** Numbers that an embedding is projected to before it enters a recurrent unit. */
  readonly projectionWidth: number;
  /** Numbers read straight from a frame's feature: how it looks, where the embedding says what it shows. */
  readonly appearanceWidth: number;
  /** Units of each recurrent unit, each way. */
  readonly units: number;
  /**
   * What of the second recurrent unit is the history interest description: the whole sequence of its states, or only
   * where it ended.
   */
  readonly description: "sequence" | "lastState";
  /**
   * What stands beside the projected embeddings at the recurrent units' steps: nothing, or relation numbers, which say
   * how the likes resemble each other and the frames resemble the likes. They mean the same for interests that training
   * never saw; raw directions do not.
   */
  readonly relations: "none" | "similarities";
  /** Whether the recurrent units carry their inputs to their outputs (a residual path), so that the coincidence compares both. */
  readonly carriesInputs: boolean;
  /** Number of ways in which one history is weighed: each gives every liked image another salience. */
  readonly salienceHeads: number;
  /**
   * Parts that are missing: none where this is absent, as in what is shipped. In the place of a recurrent unit's states stand only the inputs that
   * it would have carried; in that of the coincidence a linear layer over each frame's output alone; in that of recency zeros.
   */
  readonly without?: readonly Ablation[];
  /** Categories that the second fully connected layer tells apart. */
  readonly categories: number;
}

export function lacks({ without = [] }: Architecture, part: Ablation): boolean {
  return without.includes(part);
}

export type ArchitectureChoice = Partial<Architecture> & Pick<Architecture, "featureWidth" | "categories">;

/** What is shipped: sequence and relation numbers, 32 units each way. */
export function defineArchitecture(choice: ArchitectureChoice): Architecture {
  return {
    pictureKinds: 1,
    embeddingWidth: 160,
    residualRank: 64,
    projectionWidth: 32,
    appearanceWidth: 16,
    units: 32,
    description: "sequence",
    relations: "similarities",
    carriesInputs: true,
    salienceHeads: 2,
    ...choice,
  };
}

/** The claims to the letter: features alone enter the recurrent units, and the description is where the second one ended. */
export function defineLiteralArchitecture(choice: ArchitectureChoice): Architecture {
  return defineArchitecture({
    appearanceWidth: 0,
    description: "lastState",
    relations: "none",
    carriesInputs: false,
    ...choice,
  });
}
