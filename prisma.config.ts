import { defineConfig } from "prisma/config";

// `generate` and `validate` need no engine, yet ask for the path of one and would download it. Any other command must
// not be given this stand-in: it would quietly do nothing.
const needsNoEngine = process.argv.some((argument) => argument === "generate" || argument === "validate");
if (needsNoEngine) process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
