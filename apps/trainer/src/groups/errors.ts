import { FacetError } from "@facet/domain";

/** Of a file that is wrong throughout, a person reads this many lines and no more. */
const MOST_SHOWN = 20;

/** What is wrong with one line of a file of groups. */
export interface GroupFault {
  /** File and line: `groups.jsonl:12`. */
  readonly where: string;
  readonly problem: string;
}

/** Thrown when files of groups cannot be trained on as they are. Names every faulty line, or the first of many. */
export class GroupsError extends FacetError {
  readonly code = "GROUPS";
}

export function refuseFaults(faults: readonly GroupFault[]): GroupsError {
  const shown = faults.slice(0, MOST_SHOWN).map(({ where, problem }) => `\n  ${where}: ${problem}`);
  if (faults.length > MOST_SHOWN) shown.push(`\n  and ${faults.length - MOST_SHOWN} more`);
  const count = faults.length === 1 ? "A group is" : `${faults.length} groups are`;
  return new GroupsError(`${count} faulty. Mend them, or leave them out with --skip-bad-groups:${shown.join("")}`);
}

/** Takes what can be used; faults end the run, or are told and left out. */
export function refuseOrSkip(faults: readonly GroupFault[], skip: boolean, say: (line: string) => void): void {
  if (faults.length === 0) return;
  if (!skip) throw refuseFaults(faults);
  for (const { where, problem } of faults.slice(0, MOST_SHOWN)) say(`Left out: ${where}: ${problem}`);
  if (faults.length > MOST_SHOWN) say(`Left out: ${faults.length - MOST_SHOWN} more groups, for like reasons.`);
}
