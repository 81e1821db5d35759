import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { FacetError } from "@facet/domain";

/** Thrown when results cannot be written where they were asked for. */
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
 * @throws OutputFileError where that file could not be written
 */
export async function prepareOutput(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (cause) {
    throw new OutputFileError(file, "its folder cannot be made.", { cause });
  }
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new OutputFileError(file, "it is a folder.");
}

/** @throws OutputFileError */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new OutputFileError(file, cause instanceof Error ? cause.message : "unknown", { cause });
  }
}
