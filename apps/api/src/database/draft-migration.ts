/**
 * Writes the SQL of a new migration: what leads from the migrations that are there to the schema. Read it, and add what
 * Prisma's schema has no words for, before it is committed.
 *
 *     npm run build && node apps/api/dist/database/draft-migration.js add_pinned_frames
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.js";
import { MIGRATIONS_FOLDER } from "./migration-files.js";
import { hasStatement, SchemaEngine } from "./schema-engine.js";

const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
  console.error("Give the migration a name: lower-case letters, digits and underscores, such as add_pinned_frames.");
  process.exit(2);
}

const dataDir = await mkdtemp(join(tmpdir(), "facet-draft-"));
try {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => console.error(line) });
  const sql = await SchemaEngine.use(server.connectionString, (engine) => engine.diffMigrationsToSchema());
  await server.stop();
  if (hasStatement(sql)) {
    const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(MIGRATIONS_FOLDER, `${timestamp}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, "migration.sql"), sql);
    console.log(`Written: ${relative(process.cwd(), join(folder, "migration.sql"))}`);
  } else {
    console.log("The migrations lead to the schema as it is: there is nothing to write.");
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
