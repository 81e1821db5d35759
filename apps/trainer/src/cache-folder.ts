import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareFolder } from "./output-files.js";

/**
 * Where features are kept unless told: at the repository's root, which this file is two folders and a build below. Made
 * at once, as it is written to only after pictures were looked at.
 *
 * @throws OutputFileError where it cannot be made
 */
export function cacheFolder(chosen: string | undefined): string {
  const folder = resolve(chosen ?? fileURLToPath(new URL("../../../.facet/features", import.meta.url)));
  prepareFolder("--cache", folder);
  return folder;
}

/** Notes on which pictures were found whole; they go with the cache. */
export function pictureNotes(cache: string): string {
  return join(cache, "whole-pictures.txt");
}
