import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the schema and its migrations: as far from `src/database` as from `dist/database`. */
export const PRISMA_FOLDER = fileURLToPath(new URL("../../../../prisma/", import.meta.url));

export const MIGRATIONS_FOLDER = join(PRISMA_FOLDER, "migrations");

/** One step of the database, as its folder names it. */
export interface Migration {
  /** `<timestamp>_<what it does>`; migrations are applied in the order of their names */
  readonly name: string;
  readonly sql: string;
}

/** The words of the schema, and where they stand. */
export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

export async function readSchema(): Promise<SchemaFile> {
  const path = join(PRISMA_FOLDER, "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

/** All migrations, the oldest first. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}
