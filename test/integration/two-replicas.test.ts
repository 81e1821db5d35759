import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiKeys } from "../../apps/api/src/keys/index.js";
import { countStatements } from "./count-statements.fixture.js";
import { plainPicture, storeVideo, type StoredFrame } from "./stored-video.fixture.js";
import { FacetClient } from "./facet-client.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";

let here: TestService;
let there: TestService;
let frames: readonly StoredFrame[];
let turn = 0;
let [film, viewer] = ["", ""];

/** Of both, so that they give the same addresses of pictures. */
const ENVIRONMENT = { FACET_PUBLIC_URL: "https://facet.example" };

const COVER = `query ($videoId: ID!, $userId: ID!) {
  personalizedCover(videoId: $videoId, userId: $userId) {
    decisionId basis reason probability video { id title } frame { id timestampMs image { url width } }
  }
}`;

interface Cover {
  readonly decisionId: string;
  readonly basis: string;
  readonly reason: string;
  readonly frame: { readonly id: string };
}

beforeAll(async () => {
  here = await startTestService(ENVIRONMENT);
  there = await startTestService({ ...ENVIRONMENT, DATABASE_URL: here.connectionString });
});
afterAll(async () => {
  await there.close();
  await here.close();
});
beforeEach(async () => {
  turn += 1;
  [film, viewer] = [`film ${turn}`, `viewer ${turn}`];
  frames = await storeVideo(here, film, [10, 120, 230]);
  // Decided, then read again, and in the memory of both.
  for (const replica of [here, here, there]) await ask(replica);
});

const ask = async ({ client }: TestService, userId = viewer): Promise<Cover> =>
  (await client.get<{ personalizedCover: Cover }>(COVER, { videoId: film, userId })).personalizedCover;

const statementsOf = (replica: TestService) => countStatements(() => ask(replica));

/** A machine that is very busy may be late with what it hears, and asks the database meanwhile. */
const untilInMemory = (replica: TestService) =>
  vi.waitFor(async () => expect(await statementsOf(replica)).toEqual([]), { timeout: 20_000 });

const mutate = ({ client }: TestService, field: string, input: object) =>
  client.get(`mutation { ${field}(input: ${toLiteral(input)}) { userErrors { code } } }`);

const toLiteral = (input: object): string => JSON.stringify(input).replace(/"(\w+)":/g, "$1:");

const like = async (replica: TestService, userId = viewer) => {
  const picture = (await plainPicture(turn)).toString("base64");
  await mutate(replica, "recordLikedImage", { userId, source: { base64: picture } });
};

describe("a stored decision", () => {
  test("is answered without a statement, by any replica, and as it was stored", async () => {
    for (const replica of [here, there]) await untilInMemory(replica);
    const [first, second] = [await ask(here), await ask(there)];
    expect(second).toEqual(first);
    const stored = await here.prisma.coverDecision.findMany({ where: { userId: viewer } });
    expect(stored.map(({ id }) => id)).toEqual([first.decisionId]);
  });

  test("is made without asking for the frames again, once another viewer was shown one of them", async () => {
    let viewers = 0;
    const asksForFrames = async () => {
      const userId = `viewer ${turn}, ${++viewers}`;
      await like(here, userId);
      return (await countStatements(() => ask(here, userId))).some((statement) =>
        statement.includes("FROM candidate_frame"),
      );
    };
    await like(here);
    await ask(here);
    await vi.waitFor(async () => expect(await asksForFrames()).toBe(false), { timeout: 20_000 });
    await mutate(here, "banFrame", { videoId: film, frameId: frames[0]?.id });
    expect(await asksForFrames()).toBe(true);
  });

  test("is one statement without the cache", async () => {
    const without = await startTestService({
      ...{ ...ENVIRONMENT, DATABASE_URL: here.connectionString },
      FACET_COVER_CACHE_BYTES: "0",
    });
    try {
      const known = await ask(without);
      const [, ...others] = await countStatements(async () => expect(await ask(without)).toEqual(known));
      expect(others).toEqual([]);
    } finally {
      await without.close();
    }
  });

  test("of a page of videos is answered without a statement, too", async () => {
    const films = [`${film} a`, `${film} b`];
    for (const id of films) await storeVideo(here, id, [10, 120]);
    const page = `{ personalizedCovers(userId: "${viewer}", videoIds: ${JSON.stringify(films)}) {
      ... on PersonalizedCover { decisionId frame { id } } } }`;
    const [first, second] = [await here.client.get(page), await here.client.get(page)];
    expect(second).toEqual(first);
    await vi.waitFor(async () => expect(await countStatements(() => here.client.get(page))).toEqual([]));
  });
});

describe("what changes is seen at once by the replica that took it, and by the others as soon as they have heard", () => {
  const changes: [string, (replica: TestService) => Promise<unknown>, Partial<Cover>][] = [
    ["a like", (replica) => like(replica), { basis: "PERSONALIZED", reason: "SCORED" }],
    [
      "an opt-out",
      (replica) => mutate(replica, "setViewerOptOut", { userId: viewer, optedOut: true }),
      { reason: "OPTED_OUT" },
    ],
    [
      "a pin",
      (replica) => mutate(replica, "pinCover", { videoId: film, frameId: frames[2]?.id }),
      { basis: "PINNED", reason: "OWNER_PINNED" },
    ],
    [
      "a ban of the frame that was the cover",
      async (replica) => mutate(replica, "banFrame", { videoId: film, frameId: (await ask(replica)).frame.id }),
      { reason: "NEW_VIEWER" },
    ],
    [
      "the end of personal covers",
      (replica) => mutate(replica, "setVideoPersonalization", { videoId: film, personalized: false }),
      { reason: "PERSONALIZATION_OFF" },
    ],
    [
      "another source",
      () => here.prisma.video.update({ where: { id: film }, data: { revision: { increment: 1 } } }),
      { reason: "NEW_VIEWER" },
    ],
    ["the deletion of the viewer", (replica) => mutate(replica, "deleteViewer", { userId: viewer }), {}],
  ];

  test.each(changes)("%s", async (name, change, becomes) => {
    const before = await ask(here);
    await change(here);
    // Past the service, nobody waits for what is heard of it.
    if (name === "another source") await here.changes.settle();
    const after = await ask(here);
    expect(after.decisionId).not.toBe(before.decisionId);
    expect(after).toMatchObject(becomes);
    await there.changes.settle();
    expect(await ask(there)).toEqual(after);
  });

  test("a ban, also where the frames are in memory because another viewer was shown one of them", async () => {
    const [ann, bob] = [`ann ${turn}`, `bob ${turn}`];
    for (const userId of [ann, bob]) await like(there, userId);
    const shown = await ask(there, ann);
    expect(shown).toMatchObject({ reason: "SCORED" });
    await mutate(here, "banFrame", { videoId: film, frameId: shown.frame.id });
    await there.changes.settle();
    const after = await ask(there, bob);
    expect(after).toMatchObject({ reason: "SCORED" });
    // Both like the same: nothing but the ban shows another frame to the second.
    expect(after.frame.id).not.toBe(shown.frame.id);
  });

  test("the deletion of the video", async () => {
    await mutate(here, "deleteVideo", { videoId: film });
    await there.changes.settle();
    for (const { client } of [here, there]) {
      const { errors } = await client.ask(COVER, { videoId: film, userId: viewer });
      expect(errors?.[0]?.extensions.code).toBe("VIDEO_NOT_FOUND");
    }
  });

  test("the revocation of a key", async () => {
    const keys = new ApiKeys(here.prisma);
    const { key } = await keys.create(`key ${turn}`, "reader");
    const clients = [new FacetClient(here.address, key), new FacetClient(there.address, key)];
    for (const client of clients) await client.get(`{ viewer(id: "nobody") { id } }`);
    await keys.revoke(`key ${turn}`);
    for (const { changes } of [here, there]) await changes.settle();
    for (const client of clients) {
      const { errors } = await client.ask(`{ viewer(id: "nobody") { id } }`);
      expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
  });
});

test("a replica whose feed is cut off answers out of the database, and then out of its memory again", async () => {
  await here.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'facet-listening'`;
  await vi.waitFor(() => expect(there.changes.isCurrent()).toBe(false));
  // Written while nobody hears of it.
  await here.prisma.viewer.update({
    where: { id: viewer },
    data: { optedOut: true, historyVersion: { increment: 1 } },
  });
  expect(await ask(there)).toMatchObject({ reason: "OPTED_OUT" });
  await ask(there);
  await untilInMemory(there);
  expect(await ask(there)).toMatchObject({ reason: "OPTED_OUT" });
});
