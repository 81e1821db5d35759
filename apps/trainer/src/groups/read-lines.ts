import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { basename, dirname, resolve } from "node:path";
import { stat } from "node:fs/promises";
import { GroupsError, type GroupFault } from "./errors.js";
import { GROUP_LIMITS, parseGroupLine, type GroupLine } from "./group-line.js";

/** A group whose line makes sense; its paths are absolute. */
export interface PlacedGroup extends GroupLine {
  /** File and line: `groups.jsonl:12`; by the file's path where another one has the same name. */
  readonly where: string;
}

/** Bytes of a file of groups. */
const LARGEST_FILE = 256 * 1024 ** 2;

/**
 * Reads files of groups, one JSON object a line; paths are relative to the file's folder. Empty lines are passed over.
 *
 * @throws GroupsError where a file cannot be read, or where there are more groups than the limit
 */
export async function readLines(files: readonly string[]): Promise<{ groups: PlacedGroup[]; faults: GroupFault[] }> {
  const groups: PlacedGroup[] = [];
  const faults: GroupFault[] = [];
  for (const file of files) {
    await checkFile(file);
    const folder = dirname(resolve(file));
    const name = nameAmong(files, file);
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() === "") continue;
      const where = `${name}:${number}`;
      const parsed = parseGroupLine(number === 1 ? text.replace(/^\uFEFF/, "") : text);
      if (typeof parsed === "string") faults.push({ where, problem: parsed });
      else groups.push(placeIn(folder, where, parsed));
      if (groups.length > GROUP_LIMITS.groups) {
        throw new GroupsError(`${where}: there are more than ${GROUP_LIMITS.groups} groups, the limit.`);
      }
    }
  }
  return { groups, faults };
}

/** What people call a file by: its path as it was given where its name alone would be another file's, too. */
function nameAmong(files: readonly string[], file: string): string {
  const name = basename(file);
  return files.some((other) => other !== file && basename(other) === name) ? file : name;
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new GroupsError(`${file} is not a file of groups that can be read.`, { cause });
  });
  if (!found.isFile()) throw new GroupsError(`${file} is not a file: --groups takes a file of one JSON object a line.`);
  if (found.size > LARGEST_FILE) {
    throw new GroupsError(`${file} has ${found.size} bytes: the limit is ${LARGEST_FILE}.`);
  }
}

function placeIn(folder: string, where: string, group: GroupLine): PlacedGroup {
  return {
    ...group,
    where,
    video: resolve(folder, group.video),
    likes: group.likes.slice(-GROUP_LIMITS.likesUsed).map((like) => resolve(folder, like)),
  };
}
