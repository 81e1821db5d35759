/** What became of work that may take only so long. */
export type BudgetedResult<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "late" }
  | { readonly kind: "failed"; readonly error: unknown };

/** Waits for work, but no longer than the budget. The work itself goes on: what it makes is there for the next who asks. */
export async function withinBudget<Value>(budgetMs: number, work: Promise<Value>): Promise<BudgetedResult<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<BudgetedResult<Value>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "late" }), budgetMs);
  });
  const done = work.then(
    (value): BudgetedResult<Value> => ({ kind: "done", value }),
    (error: unknown): BudgetedResult<Value> => ({ kind: "failed", error }),
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
