import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { loadSchemaEngine, type EngineModule } from "./load-schema-engine.js";
import { MIGRATIONS_FOLDER, readMigrations, readSchema, type Migration } from "./migration-files.js";
import { MigrationServer } from "./migration-server.js";

type Engine = Awaited<ReturnType<EngineModule["SchemaEngine"]["new"]>>;

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own schema engine as WebAssembly: what `prisma migrate` runs, without its download of a native binary.
 * It writes the same `_prisma_migrations`, so that both may be used on one database.
 */
export class SchemaEngine {
  private constructor(private readonly engine: Engine) {}

  /** Does one piece of work with an engine that speaks to one database. */
  static async use<Result>(connectionString: string, work: (engine: SchemaEngine) => Promise<Result>): Promise<Result> {
    const { SchemaEngine: Loaded } = await loadSchemaEngine();
    const { path, content } = await readSchema();
    const server = MigrationServer.of(connectionString);
    const adapter = bindMigrationAwareSqlAdapterFactory(server);
    try {
      const engine = await Loaded.new({ datamodels: [[path, content]] }, () => undefined, adapter);
      try {
        return await work(new SchemaEngine(engine));
      } finally {
        engine.free();
      }
    } finally {
      await server.dispose();
    }
  }

  /**
   * Applies what is not applied yet.
   *
   * @returns the names of the migrations applied just now
   */
  async applyMigrations(migrations: readonly Migration[]): Promise<string[]> {
    const migrationsList = await listMigrations(migrations);
    return (await this.engine.applyMigrations({ migrationsList, filters: NO_FILTERS })).appliedMigrationNames;
  }

  /** The SQL that leads from the migrations to the schema; without a statement where they agree. Makes a database beside this one, and drops it. */
  async diffMigrationsToSchema(): Promise<string> {
    const { path, content } = await readSchema();
    const migrations = await readMigrations();
    const { stdout } = await this.engine.diff({
      from: { tag: "migrations", ...(await listMigrations(migrations)) },
      to: { tag: "schemaDatamodel", files: [{ path, content }] },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return stdout ?? "";
  }
}

/** Whether a script does anything: comments do nothing. */
export function hasStatement(sql: string): boolean {
  return sql.split("\n").some((line) => line.trim() !== "" && !line.trimStart().startsWith("--"));
}

async function listMigrations(migrations: readonly Migration[]) {
  const path = "migration_lock.toml";
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path, content: await readFile(join(MIGRATIONS_FOLDER, path), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}
