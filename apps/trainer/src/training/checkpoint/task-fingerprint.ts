import { createHash } from "node:crypto";

/** What a training is, beside how far it came: two of equal parts take the same steps. By the part's name in words. */
export type TaskFingerprint = Readonly<Record<string, string>>;

/** Longer values are hashes: that they differ says all that there is to say. */
const LONGEST_SHOWN = 48;

/** One short word for anything that JSON can hold. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** In words what is not the same; nothing where all is. */
export function differencesOf(before: TaskFingerprint, now: TaskFingerprint): string[] {
  const parts = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return parts
    .filter((part) => before[part] !== now[part])
    .map((part) => {
      const [was = "none", is = "none"] = [before[part], now[part]];
      return was.length > LONGEST_SHOWN || is.length > LONGEST_SHOWN ? part : `${part} (${was} there, ${is} here)`;
    });
}
