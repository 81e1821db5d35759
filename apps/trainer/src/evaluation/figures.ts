import { FEWEST_CLUSTERS } from "./clustered-bootstrap.js";
import type { Difference } from "./results.js";

/** A fraction as it is printed: percent with one decimal. Half of the last digit goes up, though 0.5175 is a little less in binary. */
export function percent(fraction: number): string {
  return (Math.round(1000 * fraction + 1e-9) / 10).toFixed(1);
}

/** A difference of fractions in points, with its sign. */
export function signedPercent(fraction: number): string {
  const digits = percent(Math.abs(fraction));
  if (Number(digits) === 0) return digits;
  return `${fraction < 0 ? "−" : "+"}${digits}`;
}

type Doubtful = Pick<Difference, "hitAt1" | "interests">;

/** Only a difference whose interval leaves out 0 is one, and only where there are interests enough for an interval. */
export function isCertain({ hitAt1: { low, high }, interests }: Doubtful): boolean {
  return interests >= FEWEST_CLUSTERS && (low > 0 || high < 0);
}

/** What is said after a difference and its interval. */
export function markDoubt(difference: Doubtful): string {
  if (isCertain(difference)) return "";
  const { interests } = difference;
  if (interests >= FEWEST_CLUSTERS) return ", which may be chance";
  return `, of too few interests (${interests}) for the interval to mean much`;
}
