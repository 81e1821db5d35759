/** Relation numbers for each liked image. */
export const LIKED_IMAGE_RELATIONS = 8;

/** Relation numbers for each frame that do not depend on the viewer. */
const OWN_RELATIONS = 5;
/** Ways in which frames and likes are compared: as they are, likes steadied, frames steadied. */
const COMPARISONS = 3;

/** Relation numbers for each frame: first its comparisons with the likes, then its own. */
export function frameRelationCount(heads: number): number {
  return comparisonCount(heads) + OWN_RELATIONS;
}

/** Numbers that compare a frame with the likes; the first `heads` are the plain similarities. */
export function comparisonCount(heads: number): number {
  return 2 * COMPARISONS * heads;
}
