// Date.parse also takes "1" and "March 7": only what the schema promises is taken here.
const ISO_8601 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** What is said of anything else. */
export const DATE_TIME_RULE = "takes ISO 8601 text with an offset, such as 2026-01-31T12:00:00.000Z";

/** A moment as a caller writes it; undefined where it is none. */
export function parseDateTime(value: unknown): Date | undefined {
  if (typeof value !== "string") return undefined;
  const minute = ISO_8601.exec(value)?.[1];
  // Date takes February 30 for March 2, and 24:00 for the next day.
  if (minute === undefined || asIso(new Date(`${minute}Z`))?.startsWith(minute) !== true) return undefined;
  const date = new Date(value);
  return asIso(date) === undefined ? undefined : date;
}

function asIso(date: Date): string | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
