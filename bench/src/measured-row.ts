/** What a row is to reach: a share of its floor or peer, or a figure of its own. */
export type Goal =
  | { readonly kind: "ratio at most"; readonly limit: number }
  | { readonly kind: "ratio at least"; readonly limit: number }
  | { readonly kind: "figure at most"; readonly limit: number }
  /** For the record. */
  | { readonly kind: "none" };

/** Of a goal that can be reached or missed by so much. */
export type Limit = Exclude<Goal, { kind: "none" }>;

/** A row of the table. */
export interface MeasuredRow {
  readonly name: string;
  /** What was measured, for a reader of the table. */
  readonly what: string;
  readonly unit: string;
  readonly figure: number;
  /** What it was measured against in the same run; null where the goal is a figure of its own. */
  readonly floor: { readonly what: string; readonly value: number } | null;
  readonly goal: Goal;
  /** What else a reader should know: how often, on how much. */
  readonly note: string;
}

/** Figure by floor; null without one. */
export function ratioOf({ figure, floor }: MeasuredRow): number | null {
  return floor === null ? null : figure / floor.value;
}

export function isMet(row: MeasuredRow): boolean {
  if (row.goal.kind === "none") return true;
  return row.goal.kind === "ratio at least" ? reached(row) >= row.goal.limit : reached(row) <= row.goal.limit;
}

/** The goal as the table shows it. */
export function describeGoal({ goal, unit }: MeasuredRow): string {
  if (goal.kind === "none") return "none";
  if (goal.kind === "figure at most") return `<= ${goal.limit} ${unit}`;
  return `${goal.kind === "ratio at most" ? "<=" : ">="} ${goal.limit} x`;
}

/** What the goal is held against. A goal that is missing its floor is never met. */
export function reached(row: MeasuredRow): number {
  return row.goal.kind === "figure at most" ? row.figure : (ratioOf(row) ?? Number.NaN);
}
