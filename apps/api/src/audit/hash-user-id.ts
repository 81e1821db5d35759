import { createHash } from "node:crypto";

/**
 * Under what the audit finds a viewer whose id it may no longer hold: SHA-256 of the id, hex. It hides the id from who reads
 * the table, not from who guesses it: whoever may ask the audit may ask it about any id anyway.
 */
export function hashUserId(userId: string): string {
  return createHash("sha256").update(userId).digest("hex");
}
