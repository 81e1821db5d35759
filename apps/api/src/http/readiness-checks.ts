import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { PrismaClient } from "../generated/prisma/client.js";
import { withinBudget } from "../time-budget.js";
import type { ReadinessCheck } from "./health.js";

/** Who asks wants to know whether requests can be sent here now. */
const ANSWER_WITHIN_MS = 5_000;

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
  const { kind } = await withinBudget(ANSWER_WITHIN_MS, Promise.resolve(check));
  return kind === "done" ? null : problem;
}
