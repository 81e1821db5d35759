import { WORLDS, type World } from "../episodes/episode.js";

export interface EvaluationOptions {
  /** Folders of interests. */
  readonly photos: readonly string[];
  /** Folder of a trained scorer; the shipped one unless given. */
  readonly model?: string;
  /** Further trained scorers to judge beside it. */
  readonly compare: readonly ComparedModel[];
  /** A `backbone.json`, or its folder: what encodes the photos in place of the shipped backbone. */
  readonly backbone?: string;
  readonly worlds: readonly World[];
  /** Viewers in each world, spread evenly over the folders. */
  readonly viewers: number;
  readonly seed: number;
  /** File to write the results to. */
  readonly json?: string;
  /** File to write the report to: a page that needs nothing beside it. */
  readonly report?: string;
  /** File to draw what the scorer wins to: an SVG that needs nothing beside it. */
  readonly chart?: string;
  /** Folder of the feature cache. */
  readonly cache?: string;
  /** Judge only on the interests that training never sees, and fit the LDA metric on the others. */
  readonly heldOut: boolean;
  /** Folders whose training interests fit the LDA metric. */
  readonly fitPhotos: readonly string[];
}

/** A trained scorer by the name that results call it by. */
export interface ComparedModel {
  readonly name: string;
  readonly folder: string;
}

const MODEL_NAME = /^[a-z][a-z0-9-]{0,29}$/;
/** What results call something else by. */
const TAKEN = /^(random|first|middle|thumbnail|quality|shipped|model|oracle|best|mean5|(raw|lda|lda448)-.*)$/;

/** @throws RangeError saying how a model to compare is written */
export function parseCompared(text: string, before: readonly ComparedModel[] = []): ComparedModel[] {
  const [, name = "", folder = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (folder === "") throw new RangeError(`"${text}" is not NAME=DIR.`);
  if (!MODEL_NAME.test(name)) {
    throw new RangeError(`"${name}" is no name: it takes 1 to 30 of a-z, 0-9 and -, a letter first.`);
  }
  if (TAKEN.test(name)) throw new RangeError(`"${name}" is the name of another method.`);
  if (before.some((model) => model.name === name)) throw new RangeError(`"${name}" is given twice.`);
  return [...before, { name, folder }];
}

/** Each once. @throws RangeError naming the world that there is not */
export function parseWorlds(text: string): World[] {
  const worlds = text.split(",").map((part) => {
    const name = part.trim().toUpperCase();
    const world = WORLDS.find((known) => known === name);
    if (!world) throw new RangeError(`There is no world "${part.trim()}": there are ${WORLDS.join(", ")}.`);
    return world;
  });
  return [...new Set(worlds)];
}

/** @throws RangeError naming the limits */
export function parseCount(text: string, fewest: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= fewest && number <= most)) {
    throw new RangeError(`"${text}" is not a whole number from ${fewest} to ${most}.`);
  }
  return number;
}
