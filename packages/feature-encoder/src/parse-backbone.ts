import type { Backbone, BackboneInput, PixelRange, Pooling, UnsafeClasses, Views } from "./backbone.js";
import { BackboneFileError } from "./errors.js";

/** What a `backbone.json` holds: a backbone whose network is a file beside it. */
export interface BackboneDescription extends Omit<Backbone, "source" | "unsafe"> {
  /** Path of the network's `model.json`, relative to the description's folder. */
  readonly model: string;
  /** Default: `"none"`. */
  readonly unsafe?: Backbone["unsafe"];
}

/** It becomes part of the encoder's version, and that the name of folders. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Larger ones are slips of the pen, and would take all memory before anything told so. */
const LARGEST_SIDE = 2048;

/**
 * @param file to blame
 * @throws BackboneFileError naming the field
 */
export function parseBackbone(file: string, json: unknown): BackboneDescription {
  const fields = recordOf(file, undefined, json, [
    "name",
    "model",
    "input",
    "taps",
    "views",
    "pooling",
    "unsafe",
    "license",
  ]);
  const name = textOf(file, "name", fields["name"]);
  if (!NAME.test(name)) {
    throw new BackboneFileError(file, "name", "takes up to 64 letters, digits, dots, dashes and underscores.");
  }
  const { license } = fields;
  return {
    name,
    model: textOf(file, "model", fields["model"]),
    input: inputOf(file, fields["input"]),
    taps: tapsOf(file, fields["taps"]),
    ...viewsOf(file, fields["views"]),
    ...poolingOf(file, fields["pooling"]),
    unsafe: unsafeOf(file, fields["unsafe"]),
    ...(license !== undefined && { license: textOf(file, "license", license) }),
  };
}

function inputOf(file: string, json: unknown): BackboneInput {
  const fields = recordOf(file, "input", json, ["height", "width", "range"]);
  return {
    height: sideOf(file, "input.height", fields["height"]),
    width: sideOf(file, "input.width", fields["width"]),
    range: rangeOf(file, fields["range"]),
  };
}

function sideOf(file: string, field: string, json: unknown): number {
  if (typeof json === "number" && Number.isInteger(json) && json >= 1 && json <= LARGEST_SIDE) return json;
  throw new BackboneFileError(file, field, `takes a whole number of pixels from 1 to ${LARGEST_SIDE}.`);
}

function rangeOf(file: string, json: unknown): BackboneInput["range"] {
  const ranges: unknown[] = Array.isArray(json) ? json : [];
  if (isRange(ranges)) return ranges;
  const [red, green, blue, ...others] = ranges;
  if (isRange(red) && isRange(green) && isRange(blue) && others.length === 0) return [red, green, blue];
  throw new BackboneFileError(
    file,
    "input.range",
    "takes two different numbers, what a byte of 0 and of 255 become, or three such pairs for red, green and blue.",
  );
}

function isRange(json: unknown): json is PixelRange {
  if (!Array.isArray(json) || json.length !== 2 || json[0] === json[1]) return false;
  return json.every((number) => typeof number === "number" && Number.isFinite(number));
}

function tapsOf(file: string, json: unknown): Backbone["taps"] {
  const names: unknown[] = Array.isArray(json) ? json : [];
  const [first, ...others] = names.map((name) => (typeof name === "string" && name !== "" ? name : undefined));
  const rest = others.filter((name) => name !== undefined);
  if (first === undefined || rest.length < others.length || new Set(names).size < names.length) {
    throw new BackboneFileError(file, "taps", "takes a list of names of nodes or layers, at least one and each once.");
  }
  return [first, ...rest];
}

function viewsOf(file: string, json: unknown): { readonly views?: Views } {
  if (json === undefined) return {};
  if (json === "single" || json === "mirrored") return { views: json };
  throw new BackboneFileError(file, "views", 'takes "single" or "mirrored".');
}

function poolingOf(file: string, json: unknown): { readonly pooling?: Pooling } {
  if (json === undefined) return {};
  if (json === "even" || json === "centred") return { pooling: json };
  throw new BackboneFileError(file, "pooling", 'takes "even" or "centred".');
}

function unsafeOf(file: string, json: unknown): UnsafeClasses | "none" {
  if (json === undefined || json === "none") return "none";
  const fields = recordOf(file, "unsafe", json, ["node", "classes"]);
  const classes: unknown[] = Array.isArray(fields["classes"]) ? fields["classes"] : [];
  const numbers = classes.filter((number) => typeof number === "number" && Number.isInteger(number) && number >= 0);
  if (numbers.length === 0 || numbers.length < classes.length) {
    throw new BackboneFileError(file, "unsafe.classes", "takes a list of numbers of classes, from 0.");
  }
  return { node: textOf(file, "unsafe.node", fields["node"]), classes: numbers as number[] };
}

function textOf(file: string, field: string, json: unknown): string {
  if (typeof json === "string" && json.trim() !== "") return json;
  throw new BackboneFileError(file, field, json === undefined ? "is missing." : "takes a text that is not empty.");
}

/** A misspelt field that is passed over would be a default that nobody chose. */
function recordOf(
  file: string,
  field: string | undefined,
  json: unknown,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    const fields = known.join(", ");
    throw new BackboneFileError(file, field, json === undefined ? "is missing." : `takes an object of ${fields}.`);
  }
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const path = field === undefined ? unknown : `${field}.${unknown}`;
    throw new BackboneFileError(file, path, `is no field of a backbone: there are ${known.join(", ")}.`);
  }
  return json as Record<string, unknown>;
}
