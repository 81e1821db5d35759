import type { z } from "zod";

/** A variable of the environment: how it is checked, and what `--help` says of it. */
export interface Variable {
  readonly check: z.ZodType;
  readonly about: string;
  /** The default, as a person reads it. */
  readonly shown: string;
}

export type Variables = Readonly<Record<string, Variable>>;
export type ValuesOf<Known extends Variables> = { readonly [Name in keyof Known]: z.infer<Known[Name]["check"]> };

/** The variables of one subject, and the settings that come of their values. */
export interface Subject<Known extends Variables, Settings> {
  readonly variables: Known;
  readonly read: (values: ValuesOf<Known>) => Settings;
}

export function defineSettings<const Known extends Variables, Settings>(
  variables: Known,
  read: (values: ValuesOf<Known>) => Settings,
): Subject<Known, Settings> {
  return { variables, read };
}
