/** What a metric is fitted on: the features of one interest's photos. */
export interface InterestFeatures {
  readonly features: readonly Float32Array[];
  /** What each photo counts; so that a small collection is heard beside a large one. */
  readonly weight: number;
  /** The collection that it is of; all are of one unless told. How one kind of photo differs from another tells no interests apart. */
  readonly kind?: string;
}
