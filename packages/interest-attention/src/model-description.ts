import { createHash } from "node:crypto";
import type { Architecture } from "./architecture.js";
import { checkArchitecture } from "./check-architecture.js";
import { ModelFilesError } from "./errors.js";
import type { PlannedWeight } from "./weight-plan.js";

/** Raised when what a model folder holds, or what is computed from it, changes. */
export const FORMAT_VERSION = 3;

/** What a model is, beside its numbers: the content of `model.json`. */
export interface ModelDescription {
  readonly format: "facet-interest-attention";
  readonly formatVersion: typeof FORMAT_VERSION;
  /** From the content: two models of one version are equal. Stored with every description and decision. */
  readonly modelVersion: string;
  /** The encoder whose features the model takes. */
  readonly encoderVersion: string;
  readonly architecture: Architecture;
  /** Names of the categories that the second fully connected layer tells apart, in its order. */
  readonly categories: readonly string[];
  /** Names of further categories that models were trained on which this one went on from; absent where there are none. */
  readonly learnedBefore?: readonly string[];
  /** Which form of the scorer it is, in its maker's words; absent where nothing was said. */
  readonly variant?: string;
  /** Name and shape of each tensor, in the order of `weights.bin`: little-endian 32-bit floats. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** Names of all categories that a model, or one that it went on from, was trained on. */
export function learnedCategories({
  categories,
  learnedBefore = [],
}: Pick<ModelDescription, "categories" | "learnedBefore">): readonly string[] {
  return [...categories, ...learnedBefore];
}

/** What a model's maker says of it; the rest follows. */
export type ModelFacts = Pick<
  ModelDescription,
  "encoderVersion" | "architecture" | "categories" | "learnedBefore" | "variant"
>;

export function describeModel(
  facts: ModelFacts,
  plan: readonly PlannedWeight[],
  weights: Uint8Array,
): ModelDescription {
  const content = {
    format: "facet-interest-attention",
    formatVersion: FORMAT_VERSION,
    encoderVersion: facts.encoderVersion,
    architecture: facts.architecture,
    categories: facts.categories,
    ...(facts.learnedBefore !== undefined && facts.learnedBefore.length > 0 && { learnedBefore: facts.learnedBefore }),
    ...(facts.variant !== undefined && { variant: facts.variant }),
    weights: plan.map(({ name, shape }) => ({ name, shape })),
  } as const;
  return { ...content, modelVersion: versionOf(content, weights) };
}

/** @throws ModelFilesError */
export function parseModelDescription(text: string): ModelDescription {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ModelFilesError("model.json", "it is not JSON.", { cause });
  }
  const found = isRecord(parsed) ? parsed : {};
  if (found["format"] !== "facet-interest-attention") {
    throw new ModelFilesError("model.json", "it does not describe an interest-attention scorer.");
  }
  if (found["formatVersion"] !== FORMAT_VERSION) {
    const version = String(found["formatVersion"]);
    throw new ModelFilesError("model.json", `it is of format version ${version}: this reads ${FORMAT_VERSION}.`);
  }
  if (typeof found["modelVersion"] !== "string") {
    throw new ModelFilesError("model.json", "its model version is missing.");
  }
  checkFacts(found);
  return found as unknown as ModelDescription; // every part that is used was looked at
}

/**
 * What is asked of a model's facts, whether they are read or are to be written.
 *
 * @throws ModelFilesError
 */
export function checkFacts(facts: Readonly<Record<string, unknown>>): void {
  const { categories, encoderVersion, learnedBefore } = facts;
  const architecture = checkArchitecture(facts["architecture"]);
  if (typeof encoderVersion !== "string") throw new ModelFilesError("model.json", "its encoder version is missing.");
  if (!isListOfNames(categories) || categories.length !== architecture.categories) {
    throw new ModelFilesError("model.json", `it does not name its ${architecture.categories} categories.`);
  }
  if (learnedBefore !== undefined && !isListOfNames(learnedBefore)) {
    throw new ModelFilesError("model.json", "what it learned before is no list of names.");
  }
}

/** Whether the numbers and the words belong together. @throws ModelFilesError */
export function checkVersion({ modelVersion, ...content }: ModelDescription, weights: Uint8Array): void {
  if (versionOf(content, weights) !== modelVersion) {
    throw new ModelFilesError("weights.bin", `it is not what model "${modelVersion}" was stored with.`);
  }
}

function versionOf(content: Omit<ModelDescription, "modelVersion">, weights: Uint8Array): string {
  const hash = createHash("sha256")
    .update(JSON.stringify(sortKeys(content)))
    .update(weights);
  return `interest-attention-${hash.digest("hex").slice(0, 12)}`;
}

/** Keys in one order, so that a file that was formatted by hand is still the same model. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

function isListOfNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
