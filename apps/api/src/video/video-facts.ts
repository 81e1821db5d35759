import { readText } from "../graphql/text.js";
import { InputError } from "../graphql/user-errors.js";
import { isDeeperThan, type JsonObject } from "../graphql/json-object.js";

const MAX_TITLE = 500;
const MAX_CATEGORY = 100;
/** As JSON in UTF-8. */
const MAX_METADATA_BYTES = 8192;
const MAX_METADATA_DEPTH = 8;

/** @throws InputError INVALID_TEXT */
export function readTitle(title: string | null | undefined): string | null {
  return readText("title", title, MAX_TITLE);
}

/** @throws InputError INVALID_TEXT */
export function readCategory(category: string | null | undefined): string | null {
  return readText("category", category, MAX_CATEGORY);
}

/**
 * The platform's own facts on a video; null where none were given.
 *
 * @throws InputError INVALID_METADATA where they are too large, too deep, or hold what cannot be kept as it is
 */
export function readMetadata(metadata: JsonObject | null | undefined): JsonObject | null {
  if (metadata == null) return null;
  // Before anything walks through it: what is deep may be deeper than a stack.
  if (isDeeperThan(metadata, MAX_METADATA_DEPTH)) throw fault(`is nested more than ${MAX_METADATA_DEPTH} deep.`);
  if (holds(metadata, hasProto)) throw fault("holds the key __proto__, which is not taken.");
  // One that came as a variable was rounded before anybody here saw it: all that may have been are refused.
  if (holds(metadata, (x) => typeof x === "number" && Math.abs(x) > Number.MAX_SAFE_INTEGER))
    throw fault(`holds a number beyond ${Number.MAX_SAFE_INTEGER}, which JSON rounds: give it as text.`);
  // Postgres writes them with all their digits: a small text would become a large one.
  if (holds(metadata, (x) => typeof x === "number" && x !== 0 && Math.abs(x) < 1e-15))
    throw fault("holds a number of less than 1e-15.");
  const text = JSON.stringify(metadata);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_METADATA_BYTES) throw fault(`has ${bytes} bytes as JSON: it takes at most ${MAX_METADATA_BYTES}.`);
  // JSON.stringify writes a lone surrogate as its escape; of whole ones it writes the character itself.
  if (/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i.test(text))
    throw fault("holds a character that no text has: NUL, or half of one.");
  // As it will come back: comparisons see no difference where there is none.
  return JSON.parse(text) as JsonObject;
}

function fault(problem: string): InputError {
  return new InputError("INVALID_METADATA", "metadata", `metadata ${problem}`);
}

/** What copies an object takes it for the object's prototype: it would be lost on the way to the database. */
function hasProto(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__");
}

function holds(value: unknown, isMeant: (inner: unknown) => boolean): boolean {
  if (isMeant(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => holds(inner, isMeant));
}
