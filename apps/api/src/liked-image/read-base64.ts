import { InputError } from "../graphql/user-errors.js";

/** A picture's bytes out of base64, with or without `data:` before it, as RFC 4648 or its URL-safe alphabet.
 *
 * @throws InputError INVALID_BASE64, LIMIT_EXCEEDED
 */
export function readBase64(field: string, text: string, maxBytes: number): Uint8Array {
  const symbols = text.replace(/^data:[^,]{0,255};base64,/, "").replace(/\s+/g, "");
  const bare = symbols.replace(/={1,2}$/, "");
  if (Math.floor((bare.length * 3) / 4) > maxBytes) {
    throw new InputError("LIMIT_EXCEEDED", field, `${field} holds more than ${maxBytes} bytes.`);
  }
  if (bare.length === 0 || bare.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+$/.test(bare)) {
    throw new InputError("INVALID_BASE64", field, `${field} is no base64.`);
  }
  return Buffer.from(bare, "base64");
}
