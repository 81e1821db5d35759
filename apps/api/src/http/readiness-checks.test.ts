import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { PrismaClient } from "../generated/prisma/client.js";
import { listReadinessChecks, PROBE_FILE } from "./readiness-checks.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-ready-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.useRealTimers());

const findProblemOf = (dataDir: string) => {
  const answering = { $queryRaw: () => Promise.resolve([]) } as unknown as PrismaClient;
  return listReadinessChecks(answering, dataDir)[1]?.findProblem();
};

test("a data folder that can be written to is no problem, and is left as it was", async () => {
  expect(await Promise.all([findProblemOf(folder), findProblemOf(folder)])).toEqual([null, null]);
  expect(await readdir(folder)).toEqual([]);
});

test("a data folder that is not there is a problem, and its name is not told", async () => {
  const problem = await findProblemOf(join(folder, "nothing"));
  expect(problem).toBe("The data folder cannot be written to, or is full.");
});

// The file that no disk has room for.
test.skipIf(!existsSync("/dev/full"))("a full disk is a problem", async () => {
  await symlink("/dev/full", join(folder, PROBE_FILE));
  expect(await findProblemOf(folder)).toContain("is full");
  expect(await readdir(folder)).toEqual([]);
});

test("a database that takes the question and never answers is a problem, not a wait without end", async () => {
  vi.useFakeTimers();
  const silent = { $queryRaw: () => new Promise(() => undefined) } as unknown as PrismaClient;
  const [database] = listReadinessChecks(silent, tmpdir());
  const problem = database?.findProblem();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await problem).toBe("Postgres does not answer.");
});
