import { nearestMean } from "./kind-means.js";
import type { MethodKind, ViewerFeatures } from "./method.js";
import { toUnitLength } from "./vectors.js";

/** Places a feature: a vector of length 1, to be compared by cosine. Placed features are remembered. */
export type Place = (feature: Float32Array) => Float32Array;

/** Where features are compared: as they are, or in a space that was fitted to tell interests apart. */
export interface Space {
  /** First part of the ids of the methods that compare here. */
  readonly name: string;
  readonly kind: MethodKind;
  /** How one viewer's likes and frames are placed, all alike. */
  placeFor(viewer: ViewerFeatures): Place;
}

/** Features as they are. */
export const RAW_SPACE: Space = { name: "raw", kind: "baseline", placeFor: always(toUnitLength) };

/**
 * Features less the mean of photos of their kind, which is told by what the viewer likes and is shown. Where no photo
 * is known, features are compared as they are.
 *
 * @param means   one per kind of photo
 * @param cut     the part of a feature that is used
 * @param project what is done with the rest
 */
export function centredSpace(
  { name, kind }: Pick<Space, "name" | "kind">,
  means: readonly Float32Array[],
  cut: (feature: Float32Array) => Float32Array = (feature) => feature,
  project: (centred: Float32Array) => Float32Array = (centred) => centred,
): Space {
  const places = new Map(
    means.map((mean) => [
      mean,
      remember((feature) => toUnitLength(project(cut(feature).map((x, d) => x - (mean[d] ?? 0))))),
    ]),
  );
  const plain = remember((feature) => toUnitLength(project(cut(feature))));
  return {
    name,
    kind,
    placeFor: ({ history, frames }) => places.get(nearestMean(means, [...history, ...frames].map(cut))) ?? plain,
  };
}

function always(place: Place): (viewer: ViewerFeatures) => Place {
  const remembered = remember(place);
  return () => remembered;
}

/** A photo is in many videos and histories, and in every method. */
function remember(place: Place): Place {
  const placed = new WeakMap<Float32Array, Float32Array>();
  return (feature) => {
    const known = placed.get(feature);
    if (known) return known;
    const made = place(feature);
    placed.set(feature, made);
    return made;
  };
}
