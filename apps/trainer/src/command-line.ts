import { InvalidArgumentError } from "commander";
import { parseCount } from "./evaluation/evaluation-options.js";

export const PHOTOS_HELP =
  "folder of interests (one folder of photos each), or a folder of such folders; may be given several times";
export const CACHE_HELP = "folder in which features are kept (default: .facet/features of the repository)";
export const BACKBONE_HELP =
  "backbone.json, or its folder: another network to encode photos by (default: the shipped one)";
export const LARGEST_SEED = 2 ** 31 - 1;

/** For options that may be given several times. */
export function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function wholeNumber(fewest: number, most: number): (text: string) => number {
  return orComplain((text) => parseCount(text, fewest, most));
}

/** A parser's complaint becomes the command line's, which names the option. */
export function orComplain<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
