import { InvalidLimitError } from "./invalid-limit-error.js";

/** Limits as a caller gives them: for what is undefined the default holds. */
export type GivenLimits<Limits> = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

/**
 * Reads the limits that a caller gave. Each is a whole number from 1, or Infinity where there shall be none.
 *
 * @param most what each comes down to at most: more than that ffmpeg, sharp or a timer does not take
 * @throws InvalidLimitError
 */
export function readLimits<Limits extends { readonly [Name in keyof Limits]: number }>(
  given: GivenLimits<Limits> | undefined,
  defaults: Limits,
  most: Limits,
): Limits {
  const names = Object.keys(defaults) as (keyof Limits & string)[];
  const read = names.map((name) => {
    const value: number = given?.[name] ?? defaults[name];
    if (!(value === Infinity || (Number.isInteger(value) && value >= 1))) throw new InvalidLimitError(name, value);
    return [name, Math.min(value, most[name])];
  });
  return Object.fromEntries(read) as Limits;
}
