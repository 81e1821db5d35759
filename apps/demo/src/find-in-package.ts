import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * Where a file of an installed npm package is. Looks through the folders that Node would look through itself, because a
 * package's `exports` may hide the pictures that it ships.
 */
export function findInPackage(name: string, file: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = join(folder, name, file);
    if (existsSync(found)) return found;
  }
  throw new Error(`The npm package "${name}" is not installed, or ships no ${file}.`);
}
