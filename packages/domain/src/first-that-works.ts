/** A candidate that was passed over. */
export interface Skipped {
  readonly name: string;
  /** One line, fit for a log. */
  readonly reason: string;
}

export type Choice<Result> =
  | { readonly found: true; readonly name: string; readonly result: Result; readonly skipped: readonly Skipped[] }
  | { readonly found: false; readonly skipped: readonly Skipped[] };

/**
 * Tries one candidate after the other and keeps the first that works.
 *
 * @param isFatal tells the errors that another candidate would have as well: they are thrown on at once
 */
export async function firstThatWorks<Candidate extends { readonly name: string }, Result>(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => Promise<Result>,
  isFatal: (error: unknown) => boolean = () => false,
): Promise<Choice<Result>> {
  const skipped: Skipped[] = [];
  for (const candidate of candidates) {
    try {
      return { found: true, name: candidate.name, result: await attempt(candidate), skipped };
    } catch (error) {
      if (isFatal(error)) throw error;
      skipped.push({ name: candidate.name, reason: firstLine(error) });
    }
  }
  return { found: false, skipped };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Node adds which file asked for the module that is not there, which tells the reader of a log nothing.
  return (message.split("\n", 1)[0] ?? message).replace(/ imported from .*$/, "");
}
