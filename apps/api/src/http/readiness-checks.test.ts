import { tmpdir } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import type { PrismaClient } from "../generated/prisma/client.js";
import { listReadinessChecks } from "./readiness-checks.js";

afterEach(() => vi.useRealTimers());

test("a database that takes the question and never answers is a problem, not a wait without end", async () => {
  vi.useFakeTimers();
  const silent = { $queryRaw: () => new Promise(() => undefined) } as unknown as PrismaClient;
  const [database] = listReadinessChecks(silent, tmpdir());
  const problem = database?.findProblem();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await problem).toBe("Postgres does not answer.");
});
