import type { FrameQuality } from "@facet/domain";
import { MILD_SPOILINGS, type Spoiling } from "../material/spoil.js";

/** What an example shows: sound pictures are photos as they are, and frames of a film between its transitions. */
export type ExampleKind = "photo" | "held" | Spoiling | "transition";

/** The measures of a picture of which it is known whether it is spoiled. */
export interface QualityExample {
  /** Label of the photo's interest: examples of one are alike. */
  readonly interest: string;
  /** Examples of one photo have one source. */
  readonly source: string;
  readonly kind: ExampleKind;
  readonly quality: FrameQuality;
}

const SOUND_KINDS: ReadonlySet<ExampleKind> = new Set(["photo", "held"]);
/** A mild fault counts so much of a plain one. */
const MILD_WEIGHT = 0.3;

export function isSound({ kind }: Pick<QualityExample, "kind">): boolean {
  return SOUND_KINDS.has(kind);
}

/**
 * How much each example counts, 1 in the mean: sound and spoiled ones alike in sum, and every kind of spoiling alike,
 * the mild ones less.
 */
export function weighExamples(examples: readonly QualityExample[]): number[] {
  const counts = new Map<ExampleKind, number>();
  for (const { kind } of examples) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const shareOf = (kind: ExampleKind): number => (MILD_SPOILINGS.has(kind) ? MILD_WEIGHT : 1);
  const sumOf = (sound: boolean): number =>
    [...counts.keys()].filter((kind) => isSound({ kind }) === sound).reduce((sum, kind) => sum + shareOf(kind), 0);
  const sums = { sound: sumOf(true), spoiled: sumOf(false) };
  return examples.map(({ kind }) => {
    const total = isSound({ kind }) ? sums.sound : sums.spoiled;
    return ((examples.length / 2) * shareOf(kind)) / total / (counts.get(kind) ?? 1);
  });
}
