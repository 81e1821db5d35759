const startedAt = Date.now();

/** A line of progress, with the seconds since the demo began. */
export function tell(line: string): void {
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
