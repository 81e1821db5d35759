import type { Estimate } from "./clustered-bootstrap.js";

/** A fraction as it is printed: percent with one decimal. */
export function percent(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

/** A difference of fractions in points, with its sign. */
export function signedPercent(fraction: number): string {
  const digits = percent(Math.abs(fraction));
  if (Number(digits) === 0) return digits;
  return `${fraction < 0 ? "−" : "+"}${digits}`;
}

/** Only a difference whose interval leaves out 0 is one. */
export function isCertain({ low, high }: Pick<Estimate, "low" | "high">): boolean {
  return low > 0 || high < 0;
}

export function markDoubt(interval: Pick<Estimate, "low" | "high">): string {
  return isCertain(interval) ? "" : ", which may be chance";
}
