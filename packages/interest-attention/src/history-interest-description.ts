/**
 * What is known of a viewer's interests: a plain value, made once for a history and used for any number of videos. Where it
 * is stored in between, its parts must be `Float32Array`s of the same lengths again.
 */
export interface HistoryInterestDescription {
  /** The model that made it, and the only one that can read it. */
  readonly modelVersion: string;
  /** How many liked images it was made from. */
  readonly likedImages: number;
  /** `[state, width]`, row after row: the second recurrent unit's states with what they carry. */
  readonly states: Float32Array;
  /** `[feature]`: the mean of the kind of picture that the liked images are of. */
  readonly kindMean: Float32Array;
  /** `[state, embedding]`, row after row: the liked images' embeddings; empty where the model's description is a last state. */
  readonly directions: Float32Array;
}
