import { z } from "zod";

export const MEBIBYTE = 1024 * 1024;

/** An empty variable is one that is not set: that is how Compose files and shells leave them. */
export const optional = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner);

export const text = optional(z.string().optional());

export const wholeNumber = (lowest: number, highest: number, byDefault: number) =>
  optional(
    z.coerce
      .number(`takes a whole number of ${lowest} to ${highest}`)
      .int(`takes a whole number of ${lowest} to ${highest}`)
      .min(lowest, `takes at least ${lowest}`)
      .max(highest, `takes at most ${highest}`)
      .default(byDefault),
  );

/** Null where it is turned off. */
export const wholeNumberOrOff = (highest: number, byDefault: number) =>
  orOff(`takes a whole number of 1 to ${highest}, or off`, byDefault, (number) => number.int().min(1).max(highest));

/** 0 to 1; null where it is turned off. */
export const shareOrOff = (byDefault: number) =>
  orOff("takes a number of 0 to 1, or off", byDefault, (number) => number.min(0).max(1));

/** What is no number is refused by the union, a number beyond its limits by the number: each is given the rule. */
const orOff = (rule: string, byDefault: number, limit: (number: z.ZodCoercedNumber) => z.ZodCoercedNumber) =>
  optional(z.union([z.literal("off").transform(() => null), limit(z.coerce.number(rule))], rule).default(byDefault));

export const onOrOff = optional(z.enum(["on", "off"], "takes on or off").default("on"));

/** What stands between commas or spaces, in lower case. */
export const listOf = (byDefault: string) =>
  z
    .string()
    .default(byDefault)
    .transform((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((item) => item !== ""),
    );
