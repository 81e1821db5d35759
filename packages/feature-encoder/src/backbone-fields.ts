import type { Backbone, BackboneInput, PixelRange, Pooling, UnsafeClasses, Views } from "./backbone.js";

/** Throws what tells that a field, such as `input.range`, cannot be used; undefined where the whole is at fault. */
export type Refuse = (field: string | undefined, problem: string) => never;

/** What describes a backbone wherever it comes from: all but the network itself. */
export const BACKBONE_FIELDS = ["name", "input", "taps", "views", "pooling", "unsafe", "license"] as const;

/** It becomes part of the encoder's version, and that the name of folders. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Larger ones are slips of the pen, and would take all memory before anything told so. */
const LARGEST_SIDE = 2048;

/** The fields of a backbone, each looked at. Throws by `refuse` alone. */
export function backboneFieldsOf(refuse: Refuse, fields: Record<string, unknown>): Omit<Backbone, "source"> {
  const name = textOf(refuse, "name", fields["name"]);
  if (!NAME.test(name)) refuse("name", "takes up to 64 letters, digits, dots, dashes and underscores.");
  const { license } = fields;
  return {
    name,
    input: inputOf(refuse, fields["input"]),
    taps: tapsOf(refuse, fields["taps"]),
    ...viewsOf(refuse, fields["views"]),
    ...poolingOf(refuse, fields["pooling"]),
    unsafe: unsafeOf(refuse, fields["unsafe"]),
    ...(license !== undefined && { license: textOf(refuse, "license", license) }),
  };
}

function inputOf(refuse: Refuse, json: unknown): BackboneInput {
  const fields = recordOf(refuse, "input", json, ["height", "width", "range"]);
  return {
    height: sideOf(refuse, "input.height", fields["height"], LARGEST_SIDE),
    width: sideOf(refuse, "input.width", fields["width"], LARGEST_SIDE),
    range: rangeOf(refuse, fields["range"]),
  };
}

export function sideOf(refuse: Refuse, field: string, json: unknown, largest: number): number {
  if (typeof json === "number" && Number.isInteger(json) && json >= 1 && json <= largest) return json;
  return refuse(field, `takes a whole number of pixels from 1 to ${largest}.`);
}

function rangeOf(refuse: Refuse, json: unknown): BackboneInput["range"] {
  const ranges: unknown[] = Array.isArray(json) ? json : [];
  if (isRange(ranges)) return ranges;
  const [red, green, blue, ...others] = ranges;
  if (isRange(red) && isRange(green) && isRange(blue) && others.length === 0) return [red, green, blue];
  return refuse(
    "input.range",
    "takes two different numbers, what a byte of 0 and of 255 become, or three such pairs for red, green and blue.",
  );
}

function isRange(json: unknown): json is PixelRange {
  if (!Array.isArray(json) || json.length !== 2 || json[0] === json[1]) return false;
  return json.every((number) => typeof number === "number" && Number.isFinite(number));
}

function tapsOf(refuse: Refuse, json: unknown): Backbone["taps"] {
  const names: unknown[] = Array.isArray(json) ? json : [];
  const [first, ...others] = names.map((name) => (typeof name === "string" && name !== "" ? name : undefined));
  const rest = others.filter((name) => name !== undefined);
  if (first === undefined || rest.length < others.length || new Set(names).size < names.length) {
    return refuse("taps", "takes a list of names of nodes or layers, at least one and each once.");
  }
  return [first, ...rest];
}

function viewsOf(refuse: Refuse, json: unknown): { readonly views?: Views } {
  if (json === undefined) return {};
  if (json === "single" || json === "mirrored") return { views: json };
  return refuse("views", 'takes "single" or "mirrored".');
}

function poolingOf(refuse: Refuse, json: unknown): { readonly pooling?: Pooling } {
  if (json === undefined) return {};
  if (json === "even" || json === "centred") return { pooling: json };
  return refuse("pooling", 'takes "even" or "centred".');
}

function unsafeOf(refuse: Refuse, json: unknown): UnsafeClasses | "none" {
  if (json === undefined || json === "none") return "none";
  const fields = recordOf(refuse, "unsafe", json, ["node", "classes"]);
  const classes: unknown[] = Array.isArray(fields["classes"]) ? fields["classes"] : [];
  const numbers = classes.filter((number) => typeof number === "number" && Number.isInteger(number) && number >= 0);
  if (numbers.length === 0 || numbers.length < classes.length || new Set(numbers).size < numbers.length) {
    return refuse("unsafe.classes", "takes a list of numbers of classes, from 0, at least one and each once.");
  }
  return { node: textOf(refuse, "unsafe.node", fields["node"]), classes: numbers as number[] };
}

export function textOf(refuse: Refuse, field: string, json: unknown): string {
  if (typeof json === "string" && json.trim() !== "") return json;
  return refuse(field, json === undefined ? "is missing." : "takes a text that is not empty.");
}

/** A misspelt field that is passed over would be a default that nobody chose. */
export function recordOf(
  refuse: Refuse,
  field: string | undefined,
  json: unknown,
  known: readonly string[],
): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    const fields = known.join(", ");
    return refuse(field, json === undefined ? "is missing." : `takes an object of ${fields}.`);
  }
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const path = field === undefined ? unknown : `${field}.${unknown}`;
    return refuse(path, `is no field of a backbone: there are ${known.join(", ")}.`);
  }
  return json as Record<string, unknown>;
}
