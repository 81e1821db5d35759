import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { Lease } from "./lease.js";
import { takeBackAbandoned } from "./take-back-abandoned.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("a job whose worker lives is left to it; without a worker it is taken back", async () => {
  const takenBack: string[] = [];
  const queue = {
    listTaken: () => Promise.resolve([{ jobId: "job", job: "film" }]),
    takeBack: async (jobId: string) => void takenBack.push(await Promise.resolve(jobId)),
  };
  const takeLease = (key: string) => Lease.take(database.connectionString, key);

  const worker = await takeLease("film");
  expect(await takeBackAbandoned(queue, takeLease)).toEqual([]);
  expect(takenBack).toEqual([]);

  await worker?.release();
  expect(await takeBackAbandoned(queue, takeLease)).toEqual(["film"]);
  expect(takenBack).toEqual(["job"]);
});

test("a job whose worker lives keeps those behind it from nothing", async () => {
  const queue = {
    listTaken: () => Promise.resolve(["lives", "gone", "gone, too"].map((job) => ({ jobId: `job ${job}`, job }))),
    takeBack: () => Promise.resolve(),
  };
  const takeLease = (key: string) => Lease.take(database.connectionString, key);
  const worker = await takeLease("lives");
  try {
    expect(await takeBackAbandoned(queue, takeLease)).toEqual(["gone", "gone, too"]);
    // Nobody holds their leases any more.
    expect(await takeBackAbandoned(queue, takeLease)).toEqual(["gone", "gone, too"]);
  } finally {
    await worker?.release();
  }
});
