/** Of rows that miss their goal: what was tried, and what came of it. Shown while the row misses it. */
export const whatWasTried: Readonly<Record<string, string>> = {};
