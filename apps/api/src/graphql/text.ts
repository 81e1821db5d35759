import { InputError } from "./user-errors.js";

/**
 * A caller's free text: null where none was given.
 *
 * @throws InputError INVALID_TEXT where it is empty, too long, or holds a control character
 */
export function readText(field: string, value: string | null | undefined, maxLength: number): string | null {
  if (value == null) return null;
  const length = Array.from(value).length;
  if (length === 0 || length > maxLength) {
    throw new InputError("INVALID_TEXT", field, `${field} has ${length} characters: it takes 1 to ${maxLength}.`);
  }
  if (/[\p{Cc}\p{Cs}]/u.test(value))
    throw new InputError("INVALID_TEXT", field, `${field} holds a control character or half of a surrogate pair.`);
  return value;
}
