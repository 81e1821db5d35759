import { hash, randomBytes } from "node:crypto";

/** A new key: 256 random bits, with a prefix by which people and secret scanners know it. */
export function makeKey(): string {
  return `facet_${randomBytes(32).toString("base64url")}`;
}

/**
 * What is kept of a key. One round of SHA-256 is enough: the slow hashes that passwords need make guessing dear, and 256
 * random bits cannot be guessed at any price. (A key of one's own, from FACET_ADMIN_KEY, is as good as its randomness.)
 *
 * @returns 64 lower-case hex digits
 */
export function hashKey(key: string): string {
  return hash("sha256", key, "hex");
}
