import { mkdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
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
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new OutputFileError(file, `its folder cannot be made (${option}).`, { cause });
  }
  if (file.endsWith("/") || statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new OutputFileError(file, `it is a folder, and ${option} takes a file.`);
  }
}

/**
 * Makes a folder that will be written to.
 *
 * @param option by which the folder was asked for, such as `--cache`
 * @throws OutputFileError where it is a file, or cannot be made
 */
export function prepareFolder(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const isFile = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    const problem = isFile ? `it is a file, and ${option} takes a folder.` : `it cannot be made (${option}).`;
    throw new OutputFileError(folder, problem, { cause });
  }
}

/** @throws OutputFileError */
export async function writeOutput(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    throw new OutputFileError(file, cause instanceof Error ? cause.message : "unknown", { cause });
  }
}
