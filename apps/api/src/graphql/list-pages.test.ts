import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { PrismaClient } from "../generated/prisma/client.js";
import { VideoService } from "../video/video-service.js";
import { ViewerService } from "../viewer/viewer-service.js";
import type { PageRequest } from "./connection.js";

const ROWS = 20_000;
let database: Database;
let prisma: PrismaClient;
let client: pg.Client;
const statements: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  const { connectionString } = database;
  const logging = new PrismaClient({
    adapter: new PrismaPg({ connectionString }),
    log: [{ emit: "event", level: "query" }],
  });
  logging.$on("query", ({ query }) => statements.push(query));
  prisma = logging;
  client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`
    INSERT INTO video (id, source_kind, source_ref, category, registered_at, status, failure_code, failure_message)
    SELECT 'v' || n, 'PATH', 'a', 'category ' || n % 50, now() - n * interval '1 minute', 'FAILED', 'A', 'a'
      FROM generate_series(1, ${ROWS}) AS n;
    INSERT INTO viewer (id, opted_out, created_at)
    SELECT 'u' || n, n % 100 = 0, now() - n * interval '1 minute' FROM generate_series(1, ${ROWS}) AS n;
    ANALYZE video; ANALYZE viewer;`);
});
afterAll(async () => {
  await client.end();
  await prisma.$disconnect();
  await database.close();
});

/** How Postgres would go about a page that lies in the middle of the list, whatever its parameters. */
async function planOf(list: (page: PageRequest) => Promise<unknown>): Promise<string> {
  statements.length = 0;
  await list({ first: 20, after: { at: new Date(Date.now() - (ROWS / 2) * 60_000), id: "v9" } });
  const select = statements.find((statement) => statement.startsWith("SELECT"));
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (GENERIC_PLAN) ${select ?? ""}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const videos = () => new VideoService(prisma, null as never, null as never);
const viewers = () => new ViewerService(prisma);
type List = (page: PageRequest) => Promise<unknown>;

test.each<[name: string, list: List]>([
  ["videos", (page) => videos().list(page, {})],
  ["videos in a state", (page) => videos().list(page, { status: "FAILED" })],
  ["videos of a category", (page) => videos().list(page, { category: "category 7" })],
  ["viewers", (page) => viewers().list(page, undefined)],
  ["viewers who opted out", (page) => viewers().list(page, true)],
])("a page of %s is read along an index, in its order", async (_name, list) => {
  const plan = await planOf(list);
  expect(plan).toMatch(/Index.*Scan/);
  expect(plan).not.toMatch(/Seq Scan|Sort Key: .*id DESC$/m);
});
