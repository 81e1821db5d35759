import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where features are kept unless told: at the repository's root, which this file is two folders and a build below. */
export function cacheFolder(chosen: string | undefined): string {
  return resolve(chosen ?? fileURLToPath(new URL("../../../.facet/features", import.meta.url)));
}

/** Notes on which pictures were found whole; they go with the cache. */
export function pictureNotes(cache: string): string {
  return join(cache, "whole-pictures.txt");
}
