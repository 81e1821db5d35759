/** What `train` is asked to do. */
export interface TrainingOptions {
  /** Folders of interests, or folders of such folders. */
  readonly photos: readonly string[];
  /** Where the model goes. Files of these names that are there are replaced. */
  readonly out: string;
  /** A `backbone.json`, or its folder: what encodes the photos in place of the shipped backbone. */
  readonly backbone?: string;
  /** Folder in which features are kept; default: `.facet/features` of the repository. */
  readonly cache?: string;
  /** Training steps of 64 groups each. Default 2000. */
  readonly steps?: number;
  /** Another seed makes other training groups and other first weights. Default 1. */
  readonly seed?: number;
  /** What the model card says of the photos: where they come from and on what terms. */
  readonly dataNote?: string;
}

export const DEFAULT_STEPS = 2000;
export const DEFAULT_SEED = 1;
