import { seededRandom } from "../random.js";
import { rankingMethod, type Method } from "./method.js";

/** What can be done without knowing the viewer, and the best that can be done at all. */
export const WITHOUT_HISTORY: readonly Method[] = [
  rankingMethod("random", "baseline", ({ viewer, frames }) => {
    const random = seededRandom("random method", viewer);
    return frames.map(() => random.fraction());
  }),
  rankingMethod("first", "baseline", ({ frames }) => frames.map((_, i) => -i)),
  rankingMethod("middle", "baseline", ({ frames }) =>
    frames.map((_, i) => -Math.abs(i - Math.floor(frames.length / 2))),
  ),
  rankingMethod("quality", "baseline", ({ quality }) => quality),
];

/** Knows the answer: what a perfect method would reach. */
export const ORACLE: Method = rankingMethod("oracle", "oracle", ({ right }) => right.map(Number));
