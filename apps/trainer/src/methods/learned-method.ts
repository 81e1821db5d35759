import type { Method, MethodKind, ViewerFeatures } from "./method.js";

/** What a trained scorer is asked; `InterestAttentionScorer` is one. */
export interface CoverScorer<Description> {
  describeHistories(histories: readonly (readonly Float32Array[])[]): Promise<Description[]>;
  scoreFrames(
    requests: readonly { readonly frames: readonly Float32Array[]; readonly description: Description }[],
  ): Promise<{ readonly probabilities: Float32Array }[]>;
}

/** Viewers scored in one batch. */
const BATCH = 64;

/** A trained scorer as a method. A viewer without likes gets the quality ranking, as in the service. */
export function learnedMethod<Description>(id: string, kind: MethodKind, scorer: CoverScorer<Description>): Method {
  return {
    id,
    kind,
    family: "scorer",
    gives: "probabilities",
    async score(viewers) {
      const scores = new Map<ViewerFeatures, number[]>();
      for (const viewer of viewers)
        if (viewer.history.length === 0) scores.set(viewer, toProbabilities(viewer.quality));

      const known = viewers.filter(({ history }) => history.length > 0);
      for (let start = 0; start < known.length; start += BATCH) {
        const batch = known.slice(start, start + BATCH);
        const descriptions = await scorer.describeHistories(batch.map(({ history }) => history));
        const requests = batch.flatMap(({ frames }, i) => {
          const description = descriptions[i];
          return description === undefined ? [] : [{ frames, description }];
        });
        const scored = await scorer.scoreFrames(requests);
        for (const [i, viewer] of batch.entries()) scores.set(viewer, [...(scored[i]?.probabilities ?? [])]);
      }
      return viewers.map((viewer) => scores.get(viewer) ?? []);
    },
  };
}

function toProbabilities(quality: readonly number[]): number[] {
  const powers = quality.map((score) => Math.exp(score));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
