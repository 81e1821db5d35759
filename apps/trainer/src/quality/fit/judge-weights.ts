import { qualityScore, type QualityWeights } from "@facet/frame-extraction";
import { ViewerClusters, type Estimate } from "../../evaluation/clustered-bootstrap.js";
import { seededRandom } from "../../random.js";
import { areaUnderCurve } from "./area-under-curve.js";
import { isSound, type ExampleKind, type QualityExample } from "./quality-example.js";
import { scoreByEye } from "./score-by-eye.js";

export interface KindVerdict {
  readonly kind: ExampleKind;
  readonly examples: number;
  /** How often a sound picture scores above one spoiled so, whatever both show; intervals over interests. */
  readonly auc: Estimate;
  /** The same of the formula that was set by eye. */
  readonly aucByEye: Estimate;
  /** How often a photo scores above its own copy spoiled so; null of what is no copy. */
  readonly aboveOwnCopy: Estimate | null;
}

/** Judges weights on examples of interests that they were not fitted on. */
export function judgeWeights(
  examples: readonly QualityExample[],
  weights: QualityWeights,
  seed: number,
): KindVerdict[] {
  const clusters = new ViewerClusters(
    examples.map(({ interest }) => interest),
    seededRandom(seed, "quality bootstrap"),
  );
  const fitted = examples.map(({ quality }) => qualityScore(quality, 0, weights));
  const byEye = examples.map(({ quality }) => scoreByEye(quality));
  const ofPhoto = new Map(
    examples.flatMap(({ kind, source }, at): [string, number][] =>
      kind === "photo" ? [[source, fitted[at] ?? 0]] : [],
    ),
  );
  const kinds = [...new Set(examples.filter((example) => !isSound(example)).map(({ kind }) => kind))];
  return kinds.map((kind): KindVerdict => {
    const soundKind = kind === "transition" ? "held" : "photo";
    const auc = (scores: readonly number[]): Estimate =>
      clusters.estimate((drawn) => {
        const [sound, spoiled]: [number[], number[]] = [[], []];
        for (const cluster of drawn) {
          for (const at of clusters.members[cluster] ?? []) {
            if (examples[at]?.kind === soundKind) sound.push(scores[at] ?? 0);
            if (examples[at]?.kind === kind) spoiled.push(scores[at] ?? 0);
          }
        }
        // Few interests are sometimes drawn without either: that tells nothing.
        return sound.length === 0 || spoiled.length === 0 ? 0.5 : areaUnderCurve(sound, spoiled);
      });
    const pairs = examples.flatMap(({ interest, source, kind: own }, at) => {
      const above = own === kind ? ofPhoto.get(source) : undefined;
      return above === undefined ? [] : [{ interest, wins: above > (fitted[at] ?? 0) ? 1 : 0 }];
    });
    return {
      ...{ kind, examples: examples.filter((example) => example.kind === kind).length },
      ...{ auc: auc(fitted), aucByEye: auc(byEye) },
      aboveOwnCopy:
        pairs.length === 0
          ? null
          : new ViewerClusters(
              pairs.map(({ interest }) => interest),
              seededRandom(seed, "quality pairs"),
            ).estimateMean(pairs.map(({ wins }) => wins)),
    };
  });
}

/** The log-loss of each example, times what it counts. */
export function logLosses(
  examples: readonly QualityExample[],
  weights: QualityWeights,
  counts: readonly number[],
): number[] {
  return examples.map((example, at) => {
    const score = qualityScore(example.quality, 0, weights);
    return -(counts[at] ?? 0) * Math.log(Math.max(1e-12, isSound(example) ? score : 1 - score));
  });
}
