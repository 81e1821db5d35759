import { seededRandom } from "../random.js";
import { rankingMethod, type Method, type ViewerFeatures } from "./method.js";
import { thumbnailScores } from "./thumbnail-scores.js";

/** What can be done without knowing the viewer, and the best that can be done at all. */
export const WITHOUT_HISTORY: readonly Method[] = [
  withoutHistory("random", ({ viewer, frames }) => {
    const random = seededRandom("random method", viewer);
    return frames.map(() => random.fraction());
  }),
  withoutHistory("first", ({ frames }) => frames.map((_, i) => -i)),
  withoutHistory("middle", ({ frames }) => frames.map((_, i) => -Math.abs(i - Math.floor(frames.length / 2)))),
  withoutHistory("thumbnail", ({ colours }) => thumbnailScores(colours)),
  withoutHistory("quality", ({ quality }) => quality),
];

/** Knows the answer: what a perfect method would reach. */
export const ORACLE: Method = rankingMethod({ id: "oracle", kind: "oracle", family: "oracle" }, ({ right }) =>
  right.map(Number),
);

function withoutHistory(id: string, scoreFrames: (viewer: ViewerFeatures) => readonly number[]): Method {
  return rankingMethod({ id, kind: "baseline", family: "withoutHistory" }, scoreFrames);
}
