import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FacetError } from "@facet/domain";

/** Thrown when something cannot be written where it was asked for. */
export class OutputFileError extends FacetError {
  readonly code = "OUTPUT_FILE";
  constructor(
    readonly file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file} cannot be written: ${problem}`, options);
  }
}

/**
 * Makes the folder of a file that will be written when the work is done.
 *
 * @param option by which the file was asked for, such as `--json`
 * @throws OutputFileError where that file could not be written
 */
export function prepareFile(option: string, file: string): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new OutputFileError(file, `its folder cannot be made (${option}).`, { cause });
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (file.endsWith("/") || found?.isDirectory() === true) {
    throw new OutputFileError(file, `it is a folder, and ${option} takes a file.`);
  }
  try {
    if (found) closeSync(openSync(file, "r+"));
    else tryFolder(folder);
  } catch (cause) {
    throw new OutputFileError(file, `nothing can be written there (${option}).`, { cause });
  }
}

/**
 * Makes a folder that will be written to.
 *
 * @param option by which the folder was asked for, such as `--cache`
 * @throws OutputFileError where it is a file, cannot be made, or takes nothing
 */
export function prepareFolder(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const isFile = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    const problem = isFile ? `it is a file, and ${option} takes a folder.` : `it cannot be made (${option}).`;
    throw new OutputFileError(folder, problem, { cause });
  }
  try {
    tryFolder(folder);
  } catch (cause) {
    throw new OutputFileError(folder, `nothing can be written there (${option}).`, { cause });
  }
}

/** Permissions do not tell: a file system may be read-only, or have rules of its own. */
function tryFolder(folder: string): void {
  rmdirSync(mkdtempSync(join(folder, ".facet-")));
}

/** @throws OutputFileError */
export async function writeOutput(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    throw new OutputFileError(file, cause instanceof Error ? cause.message : "unknown", { cause });
  }
}
