import { defineConfig } from "prisma/config";

// `generate` and `validate` need no schema engine, yet the command line downloads one unless it is told of a binary.
// With any other command this would make it do nothing without a word.
if (process.argv.some((argument) => argument === "generate" || argument === "validate")) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // Only `prisma migrate` asks for it; the service passes its own.
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
