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
  optional(
    z
      .union([z.literal("off").transform(() => null), z.coerce.number().int().min(1).max(highest)], {
        error: `takes a whole number of 1 to ${highest}, or off`,
      })
      .default(byDefault),
  );

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
