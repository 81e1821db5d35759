import { getIntrospectionQuery } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApolloServer } from "./apollo.js";
import { Authorization, type RequestContext } from "./context.js";

const apollo = makeApolloServer(pino({ level: "silent" }));
beforeAll(() => apollo.start());
afterAll(() => apollo.stop());

/** A caller whom nothing is answered: what passes the limits ends there. */
const contextValue = { auth: new Authorization(undefined) } as unknown as RequestContext;

/** `LIMIT_EXCEEDED` where the query was refused for its cost, `UNAUTHENTICATED` where it passed. */
async function judge(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
  return body.kind === "single" ? body.singleResult.errors?.[0]?.extensions?.["code"] : undefined;
}

const videoIds = (count: number) => Array.from({ length: count }, (_, video) => `video ${video}`);
const QUALITY = `quality { brightness contrast sharpness uniformity colourfulness clipping noise smear detail text steadiness score }`;
const FRAME = `{ id index timestampMs shot image(width: 320) { url width height } ${QUALITY} }`;
const COVER = `decisionId video { id title category status } userId frame ${FRAME} basis reason probability modelVersion
  decidedAt diversified candidates { frame ${FRAME} interestWeight probability }`;
const pageOf = (selection: string) => `query Page($videoIds: [ID!]!) {
  personalizedCovers(userId: "ann", videoIds: $videoIds) { ... on PersonalizedCover { ${selection} } ... on CoverProblem { message } }
}`;

describe("an honest query passes", () => {
  test("a full page with all that is known of every candidate", async () => {
    expect(await judge(pageOf(COVER), { videoIds: videoIds(100) })).toBe("UNAUTHENTICATED");
  });

  test("fifty covers with why", async () => {
    const why = "why { shot contributions { probabilityFall likedImage { id image { url } } } }";
    expect(await judge(pageOf(why), { videoIds: videoIds(50) })).toBe("UNAUTHENTICATED");
  });

  test("a full bulk of likes with their pictures", async () => {
    const images = Array.from({ length: 500 }, () => ({ source: { base64: "" } }));
    const query = `mutation Likes($input: RecordLikedImagesInput!) { recordLikedImages(input: $input) {
      results { index likedImage { id userId likedAt image { url width height srcset } } userErrors { code message field } }
      userErrors { code message field } } }`;
    expect(await judge(query, { input: { userId: "ann", images } })).toBe("UNAUTHENTICATED");
  });

  test("the whole schema", async () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true });
    expect(await judge(query)).toBeUndefined();
  });

  test("a page of videos with their candidates", async () => {
    const query = `{ videos(first: 100) { nodes { id candidateFrames ${FRAME} } pageInfo { endCursor } } }`;
    expect(await judge(query)).toBe("UNAUTHENTICATED");
  });
});

describe("a query that costs too much is refused", () => {
  const covers = (alias: string) =>
    `${alias}: personalizedCovers(userId: "ann", videoIds: $videoIds) { ... on PersonalizedCover { ${COVER} } }`;

  test("where several aliases ask for what one may", async () => {
    const query = `query Page($videoIds: [ID!]!) { ${covers("a")} ${covers("b")} }`;
    expect(await judge(query, { videoIds: videoIds(100) })).toBe("LIMIT_EXCEEDED");
    expect(await judge(query, { videoIds: videoIds(20) })).toBe("UNAUTHENTICATED");
  });

  test("as a fault of the request, not of the service", async () => {
    const query = "{ videos(first: 100) { nodes { decisions(first: 100) { nodes { candidates { probability } } } } } }";
    const { body, http } = await apollo.executeOperation({ query }, { contextValue });
    expect(body).toMatchObject({ singleResult: { errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }] } });
    expect(http.status).toBe(400);
  });

  test("where every cover of a full page is to be explained", async () => {
    const query = pageOf("why { contributions { probabilityFall } }");
    expect(await judge(query, { videoIds: videoIds(100) })).toBe("LIMIT_EXCEEDED");
  });

  test("where the size of a list comes as a variable", async () => {
    const query = `query Videos($first: Int!) { ${["a", "b", "c", "d"]
      .map((alias) => `${alias}: videos(first: $first) { nodes { candidateFrames ${FRAME} } }`)
      .join(" ")} }`;
    expect(await judge(query, { first: 100 })).toBe("LIMIT_EXCEEDED");
    expect(await judge(query, { first: 5 })).toBe("UNAUTHENTICATED");
  });

  test("where lists inside of lists are asked for with a first of null", async () => {
    const inner = "nodes { why { contributions { probabilityFall } } }";
    const query = `query Videos($first: Int) { videos(first: $first) { nodes { decisions(first: $first) { ${inner} } } } }`;
    expect(await judge(query, { first: null })).toBe("LIMIT_EXCEEDED");
    expect(await judge(query.replaceAll("$first)", "null)").replace("($first: Int)", ""))).toBe("LIMIT_EXCEEDED");
    expect(await judge(query, { first: 5 })).toBe("UNAUTHENTICATED");
  });

  test("where the answers to a bulk of likes are asked for again and again", async () => {
    const images = Array.from({ length: 500 }, () => ({ source: { base64: "" } }));
    const widths = Array.from({ length: 20 }, (_, at) => 100 + at).join(" ");
    const image = Array.from(
      { length: 40 },
      (_, at) => `i${at}: image(width: ${at + 16}) { url srcset(widths: [${widths}]) }`,
    ).join(" ");
    const query = `mutation Likes($input: RecordLikedImagesInput!) {
      recordLikedImages(input: $input) { results { likedImage { ${image} } } } }`;
    expect(await judge(query, { input: { userId: "ann", images } })).toBe("LIMIT_EXCEEDED");
    expect(await judge(query, { input: { userId: "ann", images: images.slice(0, 100) } })).toBe("UNAUTHENTICATED");
  });

  test("where pictures are asked for in many widths", async () => {
    const widths = `srcset(widths: [${Array.from({ length: 20 }, (_, at) => 100 + at).join(" ")}])`;
    const query = pageOf(`candidates { frame { image { ${widths} } again: image(format: AVIF) { ${widths} } } }`);
    expect(await judge(query, { videoIds: videoIds(100) })).toBe("LIMIT_EXCEEDED");
    expect(await judge(query, { videoIds: videoIds(50) })).toBe("UNAUTHENTICATED");
  });

  test("where the schema is asked for again and again, for which no key is needed", async () => {
    const fields = Array.from(
      { length: 40 },
      (_, at) => `f${at}: fields { name description args { name } type { name kind } }`,
    );
    expect(await judge(`{ __schema { types { ${fields.join(" ")} } } }`)).toBe("LIMIT_EXCEEDED");
  });

  test("where fragments hide how often a field is asked for", async () => {
    const fragments = `fragment F on CandidateFrame ${FRAME} fragment V on Video { candidateFrames { ...F } again: candidateFrames { ...F } }`;
    const query = `{ a: videos(first: 100) { nodes { ...V } } b: videos(first: 100) { nodes { ...V } } } ${fragments}`;
    expect(await judge(query)).toBe("LIMIT_EXCEEDED");
  });
});

test("fragments of fragments are refused before they are counted to their end", async () => {
  const fragments = Array.from({ length: 12 }, (_, level) => {
    const inner = level === 11 ? "id" : `...F${level + 1} ...F${level + 1} ...F${level + 1}`;
    return `fragment F${level} on Video { ${inner} }`;
  });
  expect(await judge(`{ video(id: "a") { ...F0 } } ${fragments.join(" ")}`)).toBe("LIMIT_EXCEEDED");
});

test("variables that are malformed are told of as such", async () => {
  expect(await judge(pageOf(COVER), { videoIds: [null] })).toBe("BAD_USER_INPUT");
});
