import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FacetError } from "@facet/domain";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { learnedMethod } from "../methods/learned-method.js";
import type { Method, MethodKind } from "../methods/method.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import { EncoderMismatchError, UnusableModelError, type Encoder, type ScorerName } from "./scorer-errors.js";

export interface LoadedScorers {
  readonly methods: readonly Method[];
  /** Which model each method is. */
  readonly versions: readonly { readonly method: string; readonly modelVersion: string }[];
  /** What each was trained to tell apart. */
  readonly categories: readonly { readonly method: string; readonly names: readonly string[] }[];
  dispose(): void;
}

interface Candidate extends ScorerName {
  readonly kind: MethodKind;
  /** Where another encoder is judged: a scorer that nobody asked for is left out, one that was asked for is an error. */
  readonly elsewhere: "leaveOut" | "complain";
}

/** The method written down to the letter, trained beside the shipped one, where the repository holds it. */
const LITERAL_FOLDER = fileURLToPath(new URL("../../models/literal", import.meta.url));

/**
 * The trained scorers that are judged: the shipped one or that of `--model`, the literal one, and all of `--compare`.
 * A scorer knows no backbone but its own.
 *
 * @throws UnusableModelError, EncoderMismatchError
 */
export async function loadScorers(
  options: Pick<EvaluationOptions, "model" | "compare" | "backbone">,
  encoder: Encoder,
  say: (line: string) => void,
): Promise<LoadedScorers> {
  const loaded: { candidate: Candidate; scorer: InterestAttentionScorer }[] = [];
  const dispose = () => loaded.forEach(({ scorer }) => scorer.dispose());
  try {
    for (const candidate of chooseCandidates(options)) {
      const scorer = await loadScorer(candidate);
      if (scorer.encoderVersion === encoder.version && scorer.featureWidth === encoder.width) {
        loaded.push({ candidate, scorer });
        continue;
      }
      const trainedOn = { version: scorer.encoderVersion, width: scorer.featureWidth };
      scorer.dispose();
      if (candidate.elsewhere === "complain")
        throw new EncoderMismatchError(candidate, trainedOn, encoder, adviseOn(options));
      say(
        `Not judged: the ${candidate.id} model, which takes features of ${trainedOn.version}, not of ${encoder.version}.`,
      );
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    methods: loaded.map(({ candidate: { id, kind }, scorer }) => learnedMethod(id, kind, scorer)),
    versions: loaded.map(({ candidate: { id }, scorer: { modelVersion } }) => ({ method: id, modelVersion })),
    categories: loaded.map(({ candidate: { id }, scorer }) => ({ method: id, names: scorer.learnedCategories })),
    dispose,
  };
}

function chooseCandidates({ model, compare, backbone }: Parameters<typeof loadScorers>[0]): Candidate[] {
  const elsewhere = model === undefined && backbone !== undefined ? "leaveOut" : "complain";
  const compared = compare.map(({ name, folder }): Candidate => ({
    id: name,
    folder,
    kind: "learned",
    elsewhere: "complain",
  }));
  const literal: Candidate = { id: "literal", folder: LITERAL_FOLDER, kind: "learned", elsewhere: "leaveOut" };
  const hasLiteral = existsSync(LITERAL_FOLDER) && !compared.some(({ id }) => id === literal.id);
  const id = model === undefined ? "shipped" : "model";
  return [{ id, folder: model, kind: "shipped", elsewhere }, ...(hasLiteral ? [literal] : []), ...compared];
}

async function loadScorer(candidate: Candidate): Promise<InterestAttentionScorer> {
  try {
    return await InterestAttentionScorer.load(candidate.folder);
  } catch (error) {
    throw error instanceof FacetError ? new UnusableModelError(candidate, error) : error;
  }
}

function adviseOn({ backbone }: { readonly backbone?: string }): string {
  return backbone === undefined
    ? "Give the backbone that the model was trained with: --backbone FILE."
    : "Give the backbone that the model was trained with (--backbone FILE), or none where that is the shipped one.";
}
