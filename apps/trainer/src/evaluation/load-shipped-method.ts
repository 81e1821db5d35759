import type { FeatureEncoder } from "@facet/feature-encoder";
import { learnedMethod, type CoverScorer } from "../methods/learned-method.js";
import type { Method } from "../methods/method.js";

interface Scorer extends CoverScorer<unknown> {
  readonly encoderVersion: string;
  dispose(): void;
}

export async function loadShippedMethod(
  folder: string | undefined,
  encoder: FeatureEncoder,
): Promise<{ method: Method; dispose(): void } | undefined> {
  // STAND-IN until interest-attention's door exists.
  const door = (await import(["@facet", "interest-attention"].join("/")).catch(() => ({}))) as {
    InterestAttentionScorer?: { load(folder?: string): Promise<Scorer> };
  };
  if (!door.InterestAttentionScorer) return undefined;
  const scorer = await door.InterestAttentionScorer.load(folder);
  if (scorer.encoderVersion !== encoder.version) throw new Error("version");
  return { method: learnedMethod("shipped", "shipped", scorer), dispose: () => scorer.dispose() };
}
