import type { KeyFacts } from "./api-keys.js";

const COLUMNS = ["name", "role", "created", "last used", "revoked", "id"];

/** Keys as a table for people. */
export function showKeys(keys: readonly KeyFacts[]): string {
  const rows = keys.map(({ name, role, createdAt, lastUsedAt, revokedAt, id }) => [
    ...[name, role, showTime(createdAt), showTime(lastUsedAt), showTime(revokedAt), id],
  ]);
  const widths = COLUMNS.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [COLUMNS, ...rows].map(line).join("\n");
}

/** To the minute, as exact as `last used` is. */
function showTime(time: Date | null): string {
  return time === null ? "-" : `${time.toISOString().slice(0, 16)}Z`;
}
