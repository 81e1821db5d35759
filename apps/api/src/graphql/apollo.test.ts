import type { ApolloServerPlugin } from "@apollo/server";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeServer } from "../http/server.js";
import { makeApolloServer } from "./apollo.js";
import { ImageAddresses } from "../image/image-addresses.js";
import { Authorization, type RequestContext } from "./context.js";
import { typeDefs } from "../generated/type-defs.js";
import { buildSchema, getIntrospectionQuery, isInputObjectType, isObjectType, isEnumType } from "graphql";

const log = pino({ level: "silent" });
let validations = 0;
const countValidations: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () => Promise.resolve({ validationDidStart: () => Promise.resolve(void (validations += 1)) }),
};
const apollo = makeApolloServer(log, true, [countValidations]);
let app: Awaited<ReturnType<typeof makeServer>>;

/** Answers every service call by throwing what a bug would. */
const broken = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error("password=sesame at /srv/secret.ts");
    },
  },
);

beforeAll(async () => {
  await apollo.start();
  app = await makeServer(log, apollo, ({ headers }) => {
    const role = headers.authorization as "reader" | "admin" | undefined;
    const services = { videos: broken, viewers: broken, likedImages: broken, covers: broken };
    return Promise.resolve({
      auth: new Authorization(role && { id: "k", name: "a test", role }),
      services,
      loaders: {},
      images: new ImageAddresses("http://test"),
    } as unknown as RequestContext);
  });
});
afterAll(async () => {
  await app.close();
  await apollo.stop();
});

async function ask(query: string, headers: Record<string, string> = { authorization: "admin" }) {
  const response = await app.inject({ method: "POST", url: "/graphql", headers, payload: { query } });
  const { errors } = response.json<{ errors?: { message: string; extensions: { code: string } }[] }>();
  return { status: response.statusCode, body: response.body, code: errors?.[0]?.extensions.code };
}

test.each(["{ __typename }", "{ nothing }", "{"])("no cache on the way keeps the answer to %s", async (query) => {
  const response = await app.inject({ method: "POST", url: "/graphql", payload: { query } });
  expect(response.headers["cache-control"]).toBe("no-store");
});

const LISTS = `${"[".repeat(1200)}${"]".repeat(1200)}`;
const like = (source: string) =>
  `mutation { recordLikedImage(input: { userId: "u", source: ${source} }) { likedImage { id } } }`;
test.each([
  ["nothing that is GraphQL", "{", "BAD_USER_INPUT"],
  ["a field that is not there", "{ nothing }", "BAD_USER_INPUT"],
  ["an id that is empty", '{ video(id: "") { id } }', "BAD_USER_INPUT"],
  ["an id with a control character", '{ viewer(id: "a\\u0000") { id } }', "BAD_USER_INPUT"],
  [
    "an id that is too long",
    `{ personalizedCover(videoId: "${"x".repeat(129)}", userId: "u") { basis } }`,
    "BAD_USER_INPUT",
  ],
  ["a page that is too large", "{ videos(first: 101) { nodes { id } } }", "BAD_USER_INPUT"],
  ["a cursor that is none", '{ videos(after: "x") { nodes { id } } }', "BAD_USER_INPUT"],
  ["a source that is two", like('{ frameId: "a", uploadId: "b" }'), "BAD_USER_INPUT"],
  ["a source that is none", like("{}"), "BAD_USER_INPUT"],
  [
    "too many aliases",
    `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: video(id: "a") { id }`).join(" ")} }`,
    "LIMIT_EXCEEDED",
  ],
  ["too many directives", `{ __typename ${"@skip(if: false) ".repeat(51)} }`, "LIMIT_EXCEEDED"],
  ["too many words", `{ ${"__typename ".repeat(6000)} }`, "LIMIT_EXCEEDED"],
  ["a value that is too deep", `{ video(id: ${LISTS}) { id } }`, "LIMIT_EXCEEDED"],
  [
    "two values of one field to compare that are too deep",
    `{ video(id: ${LISTS}) { id } video(id: ${LISTS}) { id } }`,
    "LIMIT_EXCEEDED",
  ],
  ["a bug of ours", '{ video(id: "a") { id } }', "INTERNAL_SERVER_ERROR"],
])("%s is answered with its code", async (_name, query, code) => {
  expect((await ask(query)).code).toBe(code);
});

test("a subscription is a fault of the request: there are none", async () => {
  const { status, code, body } = await ask("subscription { a }");
  expect([status, code]).toEqual([400, "BAD_USER_INPUT"]);
  expect(body).toContain("There are no subscriptions.");
});

test("who names one field too often is told how much is compared", async () => {
  const { status, code, body } = await ask(`{ ${"__typename ".repeat(1000)} }`);
  expect([status, code]).toEqual([400, "LIMIT_EXCEEDED"]);
  expect(body).toContain("500000");
  expect((await ask(`{ ${"__typename ".repeat(700)} }`)).body).toContain('"data"');
});

test("a query that is too deep is refused", async () => {
  const { body } = await ask(`{ viewer(id: "u") ${"{ likedImages ".repeat(20)} { id } ${"}".repeat(20)} }`);
  expect(body).toContain('"LIMIT_EXCEEDED"');
});

/** Fragments of fragments, each of the next two. */
const fragments = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const next = at + 2 < count ? `...f${at + 1} ...f${at + 2}` : "";
    return `fragment f${at} on Query { ${next} __schema { queryType { name } } }`;
  }).join(" ");
/** Fragments of which each holds the next, and the last the first. */
const circle = (name: string, count: number) =>
  Array.from(
    { length: count },
    (_, at) => `fragment ${name}${at} on __Type { ofType { ...${name}${(at + 1) % count} } }`,
  ).join(" ");
test.each([
  ["fragments of which every two would be compared", `{ ...f0 } ${fragments(200)}`],
  [
    "circles of fragments whose comparison would not fit on a stack",
    `{ __type(name: "a") { ...a0 ...b0 } } ${circle("a", 30)} ${circle("b", 29)}`,
  ],
])("%s are refused before anything is compared", async (_name, query) => {
  const before = validations;
  const { status, code, body } = await ask(query);
  expect([status, code]).toEqual([400, "LIMIT_EXCEEDED"]);
  expect(body).toContain("more than 100 deep");
  expect(validations).toBe(before);
});

test("fragments that are no deeper than they may be are validated as ever", async () => {
  const before = validations;
  const { body } = await ask(getIntrospectionQuery());
  expect(body).toContain('"__schema"');
  expect(validations).toBe(before + 1);
});

test("what a bug threw stays inside", async () => {
  expect((await ask('{ video(id: "a") { id } }')).body).not.toMatch(/sesame|secret/);
});

test.each([
  ["{ videos { nodes { id } } }", {}, "UNAUTHENTICATED"],
  [like('{ frameId: "a" }'), {}, "UNAUTHENTICATED"],
  [like('{ frameId: "a" }'), { authorization: "reader" }, "FORBIDDEN"],
  ["{ videos { nodes { id } } }", { authorization: "reader" }, "INTERNAL_SERVER_ERROR"],
] as [string, Record<string, string>, string][])("%s with %j comes to %s", async (query, headers, code) => {
  expect((await ask(query, headers)).code).toBe(code);
});

const PICTURE = "A".repeat(1_000_000);
test.each([
  ["in a variable", like("$source"), { base64: PICTURE, uploadId: "u" }],
  ["in a literal", like(`[{ base64: "${PICTURE}" }]`), undefined],
  ["in the place of a number", `{ videos(first: "${PICTURE}") { nodes { id } } }`, undefined],
  ["where nothing can be", `{ videos "${PICTURE}" }`, undefined],
])("a picture that is refused %s is not sent back", async (_name, query, source) => {
  const payload = {
    query: query.replace("mutation {", "mutation ($source: LikedImageSourceInput!) {"),
    variables: { source },
  };
  const headers = { authorization: "admin" };
  const { body, statusCode } = await app.inject({ method: "POST", url: "/graphql", headers, payload });
  expect(statusCode).toBeGreaterThanOrEqual(400);
  expect(body).toContain("BAD_USER_INPUT");
  expect(body.length).toBeLessThan(2000);
});

test("a form of another site reaches nothing", async () => {
  const form = { method: "POST", url: "/graphql", payload: "query={__typename}" } as const;
  const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];
  for (const type of types) {
    const response = await app.inject({ ...form, headers: { "content-type": type } });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.body).not.toContain('"data"');
  }
  const get = await app.inject({ method: "GET", url: "/graphql?query={__typename}" });
  expect(get.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
});

test("a batch is refused", async () => {
  const response = await app.inject({ method: "POST", url: "/graphql", payload: [{ query: "{ __typename }" }] });
  expect(response.statusCode).toBe(400);
});

test("a body over the limit is refused", async () => {
  const payload = { query: `{ __typename } # ${"x".repeat(17 * 1024 * 1024)}` };
  const response = await app.inject({ method: "POST", url: "/graphql", payload });
  expect(response.statusCode).toBe(413);
  const message = "The request's body is larger than 16777216 bytes.";
  expect(response.json()).toEqual({ errors: [{ message, extensions: { code: "LIMIT_EXCEEDED" } }] });
});

test("a part that is down before GraphQL is asked is told in the form of /graphql, and no more than that", async () => {
  const down = await makeServer(log, apollo, () => Promise.reject(new Error("It is not asked.")));
  down.addHook("onRequest", () => Promise.reject(new Error("password=sesame")));
  const response = await down.inject({ method: "POST", url: "/graphql", payload: { query: "{ __typename }" } });
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] });
  expect(response.body).not.toContain("sesame");
  await down.close();
});

test("an address that is not there is answered as JSON", async () => {
  const response = await app.inject({ method: "GET", url: "/nothing" });
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("every type, field, argument and enum value is described", () => {
  const types = Object.values(buildSchema(typeDefs).getTypeMap()).filter((type) => type.astNode != null);
  const missing = types.flatMap((type) => {
    const own: { name: string; description?: string | null | undefined }[] = [type];
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    own.push(...fields, ...fields.flatMap((field) => field.args));
    if (isInputObjectType(type)) own.push(...Object.values(type.getFields()));
    if (isEnumType(type)) own.push(...type.getValues());
    return own.filter(({ description }) => !description).map(({ name }) => `${type.name}.${name}`);
  });
  expect(missing).toEqual([]);
});
