import { checkGroups, type CheckedGroup } from "./check-groups.js";
import { GroupsError, refuseOrSkip } from "./errors.js";
import { readLines, type PlacedGroup } from "./read-lines.js";

export interface GroupsWish {
  /** What each line must tell: where the cover is, or the category alone. */
  readonly labels: "cover" | "category";
  /** Whether lines with faults are left out instead of refused. */
  readonly skipBadGroups: boolean;
  /** On which pictures were found whole. */
  readonly notesFile: string;
  /** Takes lines for people. */
  readonly say: (line: string) => void;
}

/**
 * Reads files of a platform's own groups and looks at everything that they name. No video is decoded.
 *
 * @throws GroupsError
 */
export async function readGroups(files: readonly string[], wish: GroupsWish): Promise<CheckedGroup[]> {
  if (files.length === 0) return [];
  const read = await readLines(files);
  const faults = [...read.faults];
  const sound: PlacedGroup[] = [];
  for (const group of read.groups) {
    const problem = missingLabel(group, wish.labels);
    if (problem === undefined) sound.push(group);
    else faults.push({ where: group.where, problem });
  }
  // Before any file is opened: what is wrong throughout is known at once.
  refuseOrSkip(faults, wish.skipBadGroups, wish.say);
  const checked = await checkGroups(sound, wish.notesFile);
  refuseOrSkip(checked.faults, wish.skipBadGroups, wish.say);
  if (checked.groups.length === 0) throw new GroupsError(`${files.join(", ")}: there is no group to train on.`);
  return checked.groups;
}

function missingLabel({ category, coverMs }: PlacedGroup, labels: GroupsWish["labels"]): string | undefined {
  if (labels === "cover" && coverMs === undefined) {
    return '"coverMs" is missing: without covers, train with --labels category.';
  }
  if (labels === "category" && category === undefined) {
    return '"category" is missing: --labels category learns from nothing else.';
  }
  return undefined;
}
