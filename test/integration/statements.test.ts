import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countStatements } from "./count-statements.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { storeVideos, storeViewer, storeViews, type StoredPicture } from "./stored-catalogue.fixture.js";

let service: TestService;
let liked: readonly StoredPicture[];
const videoIds = Array.from({ length: 100 }, (_, video) => `video ${String(video).padStart(3, "0")}`);
const QUALITY = "quality { brightness sharpness score }";
const FRAME = `{ id index timestampMs shot image(width: 320) { url width height } ${QUALITY} }`;
const PAGE = `query Page($userId: ID!, $videoIds: [ID!]!, $diversity: Float) {
  personalizedCovers(userId: $userId, videoIds: $videoIds, diversity: $diversity) {
    ... on PersonalizedCover {
      decisionId video { id title status } frame ${FRAME} probability diversified why { shot ${QUALITY} }
      candidates { frame ${FRAME} interestWeight probability }
    }
  }
}`;

beforeAll(async () => {
  service = await startTestService();
  const pictures = await Promise.all(
    (["black-canyon", "nagasaki-boats"] as const).map((name) =>
      storeViews(service.prisma, service.models.encoder, name, 3),
    ),
  );
  await storeVideos(service.prisma, new Map([...videoIds, "by itself"].map((id) => [id, pictures.flat()])));
  liked = pictures[0]?.slice(0, 2) ?? [];
  // The first query of a process opens connections.
  await statementsOf("nobody", 1);
  for (const viewer of ["ann", "bob", "cat", "dan"]) {
    await storeViewer(service.prisma, viewer, liked);
  }
});
afterAll(() => service.close());

/** What a page of so many videos, everything of them asked for, sends to the database. */
const statementsOf = (userId: string, videos: number, diversity = 0) =>
  countStatements(async () => {
    const variables = { userId, videoIds: videoIds.slice(0, videos), diversity };
    const { personalizedCovers } = await service.client.get<{ personalizedCovers: object[] }>(PAGE, variables);
    expect(personalizedCovers).toHaveLength(videos);
    expect(personalizedCovers[videos - 1]).toHaveProperty("candidates.5.frame.image.url");
  });

describe("a page of 100 covers sends as many statements as one of 50", () => {
  test("where all are to be decided", async () => {
    const [fifty, hundred] = [await statementsOf("ann", 50), await statementsOf("bob", 100)];
    expect(hundred).toHaveLength(fifty.length);
    expect(fifty.length).toBeLessThanOrEqual(20);
  });

  test("where all are decided already", async () => {
    const [fifty, hundred] = [await statementsOf("bob", 50), await statementsOf("bob", 100)];
    expect(hundred).toHaveLength(fifty.length);
    expect(fifty.length).toBeLessThanOrEqual(10);
  });

  test("where the viewer is a newcomer", async () => {
    const [fifty, hundred] = [await statementsOf("new 1", 50), await statementsOf("new 2", 100)];
    expect(hundred).toHaveLength(fifty.length);
  });

  test("where they are to be diverse", async () => {
    const [fifty, hundred] = [await statementsOf("cat", 50, 0.5), await statementsOf("dan", 100, 0.5)];
    expect(hundred).toHaveLength(fifty.length);
  });
});

describe("one cover", () => {
  const COVER = `query Cover($userId: ID!) {
    personalizedCover(userId: $userId, videoId: "by itself") {
      decisionId probability video { id title } frame { id image { url } }
    }
  }`;
  const ask = (userId: string) => countStatements(() => service.client.get(COVER, { userId }));

  test("is decided by four statements: what is known, the history, the candidates, and what keeps the decision", async () => {
    await storeViewer(service.prisma, "eve", liked);
    expect(await ask("eve")).toHaveLength(4);
  });

  test("is decided by three, once another viewer was shown a frame of the video", async () => {
    await storeViewer(service.prisma, "guy", liked);
    expect(await ask("guy")).toHaveLength(3);
  });

  test("that is decided takes one, and none as long as it is remembered", async () => {
    await storeViewer(service.prisma, "fay", liked);
    await ask("fay");
    // What is kept in memory begins with the first answer that came from the database.
    expect((await ask("fay")).length).toBeLessThanOrEqual(1);
    expect(await ask("fay")).toEqual([]);
  });
});

test("a list of 100 videos sends as many statements as one of 50", async () => {
  const list = (first: number) =>
    countStatements(() => service.client.get(`{ videos(first: ${first}) { nodes { id candidateFrames ${FRAME} } } }`));
  const [fifty, hundred] = [await list(50), await list(100)];
  expect(hundred).toHaveLength(fifty.length);
});

test("lists inside of a list send as many statements for 20 viewers as for 4", async () => {
  const pages = "likedImages(first: 2) { nodes { id image { url } } } decisions(first: 3) { nodes { decisionId } }";
  const list = (first: number) =>
    countStatements(async () => {
      const query = `{ viewers(first: ${first}) { nodes { id ${pages} } } }`;
      const { viewers } = await service.client.get<{ viewers: { nodes: object[] } }>(query);
      expect(viewers.nodes).toHaveLength(first);
    });
  for (let viewer = 0; viewer < 20; viewer++) await storeViewer(service.prisma, `viewer ${viewer}`, liked);
  const [few, many] = [await list(4), await list(20)];
  expect(many).toHaveLength(few.length);
});

test("the reasons of decisions send as many statements for 20 viewers as for 4", async () => {
  const query = `query Explained($first: Int!) { video(id: "video 000") { decisions(first: $first) {
    nodes { why { shot contributions { probabilityFall likedImage { id image { url } } } } } } } }`;
  for (let viewer = 0; viewer < 20; viewer++) {
    await storeViewer(service.prisma, `fan ${viewer}`, liked);
    await statementsOf(`fan ${viewer}`, 1);
  }
  interface Data {
    readonly video: { decisions: { nodes: { why: { contributions: object[] | null } }[] } };
  }
  const explain = (first: number) =>
    countStatements(async () => {
      const { nodes } = (await service.client.get<Data>(query, { first })).video.decisions;
      expect(nodes.map(({ why }) => why.contributions?.length)).toEqual(Array.from({ length: first }, () => 2));
    });
  const [few, many] = [await explain(4), await explain(20)];
  expect(many).toHaveLength(few.length);
});

test("what goes wrong in the database is answered by a code, and nothing of it leaks", async () => {
  await service.prisma.$executeRaw`ALTER TABLE candidate_frame RENAME COLUMN shot TO hidden_shot`;
  try {
    const answer = await service.client.ask(`{ video(id: "video 000") { id candidateFrames { shot } } }`);
    const [error] = answer.errors ?? [];
    expect(error?.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR" });
    expect(JSON.stringify(answer)).not.toMatch(/hidden|exist|candidate_frame|prisma|stack|select/i);
  } finally {
    await service.prisma.$executeRaw`ALTER TABLE candidate_frame RENAME COLUMN hidden_shot TO shot`;
  }
});
