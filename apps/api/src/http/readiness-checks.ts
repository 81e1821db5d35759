import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { ReadinessCheck } from "./health.js";

/** What a process needs in either role. */
export function listReadinessChecks(prisma: PrismaClient, dataDir: string): readonly ReadinessCheck[] {
  return [
    { name: "database", findProblem: () => problemOf(prisma.$queryRaw`SELECT 1`, "Postgres does not answer.") },
    {
      name: "data folder",
      findProblem: () => problemOf(access(dataDir, constants.W_OK), "The data folder cannot be written to."),
    },
  ];
}

/** A check's own error may name addresses and folders, which are nobody's business outside: the log has it. */
async function problemOf(check: PromiseLike<unknown>, problem: string): Promise<string | null> {
  try {
    await check;
    return null;
  } catch {
    return problem;
  }
}
