import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PrismaClient } from "../generated/prisma/client.js";
import { withinBudget } from "../time-budget.js";
import type { ReadinessCheck } from "./health.js";

/** Who asks wants to know whether requests can be sent here now. */
const ANSWER_WITHIN_MS = 5_000;

/** One name for all processes of a folder: whichever of them is killed over it leaves no more than this one file. */
export const PROBE_FILE = "is-writable";
/** More than finds room in what is left of a block, or beside a file's name. */
const PROBE_BYTES = 64 * 1024;

/** What a process needs in either role. */
export function listReadinessChecks(prisma: PrismaClient, dataDir: string): readonly ReadinessCheck[] {
  return [
    { name: "database", findProblem: () => problemOf(prisma.$queryRaw`SELECT 1`, "Postgres does not answer.") },
    {
      name: "data folder",
      findProblem: () => problemOf(probe(dataDir), "The data folder cannot be written to, or is full."),
    },
  ];
}

/** Only to write shows whether there is room. */
async function probe(folder: string): Promise<void> {
  const path = join(folder, PROBE_FILE);
  try {
    await writeFile(path, Buffer.alloc(PROBE_BYTES, 1));
  } finally {
    await rm(path, { force: true });
  }
}

/** A check's own error may name addresses and folders, which are nobody's business outside: the log has it. */
async function problemOf(check: PromiseLike<unknown>, problem: string): Promise<string | null> {
  const { kind } = await withinBudget(ANSWER_WITHIN_MS, Promise.resolve(check));
  return kind === "done" ? null : problem;
}
