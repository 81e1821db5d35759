import { PrismaPg } from "@prisma/adapter-pg";
import { parseVideoId } from "@facet/domain";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AuditEvents } from "../audit/audit-events.js";
import { storeFrames } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { PrismaClient } from "../generated/prisma/client.js";
import { makeDecisionLoaders, type DecisionLoaders } from "../personalized-cover/decision-loaders.js";
import { VideoService } from "../video/video-service.js";
import { ViewerService } from "../viewer/viewer-service.js";
import type { PageRequest, Position } from "./connection.js";

const ROWS = 20_000;
const SOME_ID = "80000000-0000-4000-8000-000000000000";
const FILMS = Array.from({ length: 10 }, (_, film) => `film ${film}`);
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
    INSERT INTO audit_event (id, at, action, key_id, key_name, video_id, before, after)
    SELECT gen_random_uuid(), now() - n * interval '1 minute', 'DELETE_VIDEO', gen_random_uuid(), 'a key',
           'film ' || n % 50, '{}', '{}'
      FROM generate_series(1, ${ROWS}) AS n;
    ANALYZE video; ANALYZE viewer; ANALYZE audit_event;`);
  const frameIds: string[] = [];
  for (const videoId of FILMS) frameIds.push(...(await storeFrames(prisma, videoId, 1)).map(({ id }) => id));
  await decide(frameIds);
  await client.query("ANALYZE cover_decision");
});
afterAll(async () => {
  await client.end();
  await prisma.$disconnect();
  await database.close();
});

/** Twenty decisions about each film for each of a hundred viewers, four of them at the same moment each time. */
async function decide(frameIds: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO cover_decision (id, user_id, video_id, frame_id, basis, reason, probability, candidate_ids,
                                 interest_weights, probabilities, model_version, history_version, video_revision,
                                 rules_revision, decided_at)
     SELECT gen_random_uuid(), 'u' || viewer, film.id, film.frame_id, 'PERSONALIZED', 'SCORED', 1,
            ARRAY[film.frame_id], ARRAY[1], ARRAY[1], 'm', version, 1, 0,
            now() - (version * 100 + viewer) / 4 * interval '1 second'
       FROM generate_series(1, 100) AS viewer, generate_series(1, 20) AS version,
            unnest($1::text[], $2::uuid[]) AS film (id, frame_id)`,
    [FILMS, frameIds],
  );
}

/** How Postgres would go about a page that lies in the middle of the list, whatever its parameters. */
async function planOf(list: List, after: Position): Promise<string> {
  statements.length = 0;
  await list({ first: 20, after });
  const select = statements.find((statement) => statement.trimStart().startsWith("SELECT"));
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (GENERIC_PLAN) ${select ?? ""}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const videos = () => new VideoService(prisma, null as never, null as never);
const viewers = () => new ViewerService(prisma);
const auditEvents = () => new AuditEvents(prisma);
/** A request's own each: what one has read, the next reads again. */
const decisions = (owner: keyof DecisionLoaders, ownerId: string, page: PageRequest) =>
  makeDecisionLoaders(prisma)[owner].load({ ownerId, page });
type List = (page: PageRequest) => Promise<unknown>;

test.each<[name: string, list: List]>([
  ["videos", (page) => videos().list(page, {})],
  ["videos in a state", (page) => videos().list(page, { status: "FAILED" })],
  ["videos of a category", (page) => videos().list(page, { category: "category 7" })],
  ["viewers", (page) => viewers().list(page, undefined)],
  ["viewers who opted out", (page) => viewers().list(page, true)],
  ["audit events", (page) => auditEvents().list(page, {})],
  ["audit events of a video", (page) => auditEvents().list(page, { videoId: parseVideoId("film 7") })],
])("a page of %s is read along an index, in its order, from where it begins", async (_name, list) => {
  const plan = await planOf(list, { at: new Date(Date.now() - (ROWS / 2) * 60_000), id: SOME_ID });
  expect(plan).toMatch(/Index.*Scan/);
  expect(plan).not.toMatch(/Seq Scan|Sort Key: .*id DESC$/m);
  expect(plan).toMatch(/Index Cond: .* <= /);
});

test.each<[name: string, list: List]>([
  ["a viewer", (page) => decisions("ofViewer", "u7", page)],
  ["a video", (page) => decisions("ofVideo", "film 7", page)],
])("a page of the decisions of %s is read along an index, in its order", async (_name, list) => {
  const plan = await planOf(list, { at: new Date(Date.now() - 250_000), id: SOME_ID });
  expect(plan).toMatch(/Index.*Scan using cover_decision_(user|video)_id_decided_at/);
  expect(plan).not.toMatch(/Seq Scan|Sort/);
});

describe("page by page, every item of a list comes once and in its order, whatever is added meanwhile:", () => {
  /** The ids of all pages, from the newest item to the oldest. */
  async function walk<Item>(
    list: (page: PageRequest) => Promise<readonly Item[]>,
    positionOf: (item: Item) => Position,
    addOne: (turn: number) => Promise<unknown>,
  ): Promise<string[]> {
    const first = 7;
    const seen: string[] = [];
    for (let after: Position | undefined, turn = 0; ; turn++) {
      const found = await list({ first, after });
      seen.push(...found.slice(0, first).map((item) => positionOf(item).id));
      after = found.slice(0, first).map(positionOf).at(-1);
      if (found.length <= first) return seen;
      await addOne(turn);
    }
  }

  test("viewers", async () => {
    // Six at a moment, so that a page ends in the middle of them.
    await client.query(`
      INSERT INTO viewer (id, opted_out, created_at)
      SELECT 'walked ' || n, true, date_trunc('milliseconds', now()) + n / 6 * interval '1 minute'
        FROM generate_series(1, 40) AS n`);
    const where = { optedOut: true };
    const before = await prisma.viewer.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
    const seen = await walk(
      (page) => viewers().list(page, true),
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (turn) => prisma.viewer.create({ data: { id: `later ${turn}`, ...where, createdAt: new Date("2100-01-01") } }),
    );
    expect(seen).toEqual(before.map(({ id }) => id));
  });

  test.each(["ofViewer", "ofVideo"] as const)("decisions %s", async (owner) => {
    const [frame] = await storeFrames(prisma, `walked ${owner}`, 1);
    const made = (userId: string, historyVersion: number, decidedAt: Date) => ({
      ...{ userId, videoId: `walked ${owner}`, frameId: frame?.id ?? "", candidateIds: [frame?.id ?? ""] },
      ...({ basis: "PERSONALIZED", reason: "SCORED" } as const),
      ...{ probability: 1, interestWeights: [1], probabilities: [1] },
      ...{ modelVersion: "m", historyVersion, videoRevision: 1, rulesRevision: 0, decidedAt },
    });
    const userId = `walking ${owner}`;
    await prisma.viewer.create({ data: { id: userId } });
    const data = Array.from({ length: 40 }, (_, n) => made(userId, n, new Date(1_700_000_000_000 + Math.floor(n / 6))));
    await prisma.coverDecision.createMany({ data });
    const before = await prisma.coverDecision.findMany({
      where: { userId },
      orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    });
    const seen = await walk(
      (page) => decisions(owner, owner === "ofViewer" ? userId : `walked ${owner}`, page),
      ({ decidedAt, decisionId }) => ({ at: decidedAt, id: decisionId }),
      (turn) => prisma.coverDecision.create({ data: made(userId, 100 + turn, new Date()) }),
    );
    expect(seen).toEqual(before.map(({ id }) => id));
  });
});
