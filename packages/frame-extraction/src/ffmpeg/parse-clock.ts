/** `00:01:02.50` in seconds; 0 where it is no time. */
export function parseClock(clock: string): number {
  return clock.split(":").reduce((total, part) => total * 60 + (Number(part) || 0), 0);
}
