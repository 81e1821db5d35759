import {
  buildSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  type GraphQLInputType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typeDefs } from "../../apps/api/src/generated/type-defs.js";
import { hashKey } from "../../apps/api/src/keys/key-hash.js";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { mutate, mutationOf } from "./mutation.fixture.js";
import { storeVideo } from "./stored-video.fixture.js";

const schema = buildSchema(typeDefs);
let service: TestService;
let frameId: string;
let othersFrameId: string;
const READER_KEY = "a-reader-key-for-tests";
const ABSENT = "00000000-0000-7000-8000-000000000000";
const client = () => service.client;

beforeAll(async () => {
  service = await startTestService();
  frameId = (await storeVideo(service, "film", [10, 110]))[0]?.id ?? "";
  othersFrameId = (await storeVideo(service, "other", [60, 160]))[0]?.id ?? "";
  await service.prisma.apiKey.create({ data: { name: "a page", role: "reader", hash: hashKey(READER_KEY) } });
});
afterAll(() => service.close());

const BAD_IDS = ["", "x".repeat(129), "a\u0000b", "a\nb", "\u2028"];
const FRAME_RULES = ["pinCover", "banFrame", "unbanFrame"];
const named = (id: string) => `the id ${JSON.stringify(id).slice(0, 20)}`;

describe.each(FRAME_RULES)("%s refuses", (name) => {
  type Refusal = [name: string, input: () => Record<string, unknown>, code: string, field: string];
  test.each<Refusal>([
    ...BAD_IDS.map((videoId): Refusal => [named(videoId), () => ({ videoId, frameId }), "INVALID_ID", "videoId"]),
    ["an unknown video", () => ({ videoId: "none", frameId }), "VIDEO_NOT_FOUND", "videoId"],
    ["an unknown frame", () => ({ videoId: "film", frameId: ABSENT }), "FRAME_NOT_FOUND", "frameId"],
    ["a frame id that is none", () => ({ videoId: "film", frameId: "'; DROP" }), "FRAME_NOT_FOUND", "frameId"],
    ["an empty frame id", () => ({ videoId: "film", frameId: "" }), "FRAME_NOT_FOUND", "frameId"],
    ["a frame of another video", () => ({ videoId: "film", frameId: othersFrameId }), "FRAME_NOT_FOUND", "frameId"],
  ])("%s", async (_name, input, code, field) => {
    const answer = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), name, input(), "video { id } frame { id }"),
    );
    const message = expect.any(String) as string;
    expect(answer).toEqual({ video: null, frame: null, userErrors: [{ code, field, message }] });
  });
});

describe.each([
  ["unpinCover", {}],
  ["setVideoPersonalization", { personalized: false }],
])("%s refuses", (name, rest) => {
  test.each([
    ...BAD_IDS.map((videoId) => [named(videoId), videoId, "INVALID_ID"]),
    ["an unknown video", "none", "VIDEO_NOT_FOUND"],
  ])("%s", async (_name, videoId, code) => {
    const answer = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), name, { videoId, ...rest }, "video { id }"),
    );
    expect(answer).toMatchObject({ video: null, userErrors: [{ code, field: "videoId" }] });
  });
});

describe.each([
  ["setViewerOptOut", { optedOut: true }],
  ["deleteViewer", {}],
])("%s refuses", (name, rest) => {
  test.each(BAD_IDS)("the id %j", async (userId) => {
    const answer = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), name, { userId, ...rest }, "viewer { id }"),
    );
    expect(answer).toMatchObject({ viewer: null, userErrors: [{ code: "INVALID_ID", field: "userId" }] });
  });
});

const sound = (): [name: string, input: Record<string, unknown>][] => [
  ["pinCover", { videoId: "film", frameId }],
  ["unpinCover", { videoId: "film" }],
  ["banFrame", { videoId: "film", frameId }],
  ["unbanFrame", { videoId: "film", frameId }],
  ["setVideoPersonalization", { videoId: "film", personalized: false }],
  ["setViewerOptOut", { userId: "ann", optedOut: true }],
  ["deleteViewer", { userId: "ann" }],
  ["deleteVideo", { videoId: "film" }],
];

test("none of it is done for a reader, without a key, or with a part of the input missing or of another type", async () => {
  await leavingDatabaseAsItWas(service, async () => {
    for (const [name, input] of sound()) {
      const codeOf = async (caller: typeof service.client, given: Record<string, unknown>) =>
        (await caller.ask(mutationOf(name), { input: given })).errors?.[0]?.extensions.code;
      expect([name, await codeOf(client().withKey(READER_KEY), input)]).toEqual([name, "FORBIDDEN"]);
      expect([name, await codeOf(client().withKey(undefined), input)]).toEqual([name, "UNAUTHENTICATED"]);
      for (const field of Object.keys(input)) {
        const less = Object.fromEntries(Object.entries(input).filter(([name]) => name !== field));
        for (const bad of [less, { ...input, [field]: null }, { ...input, [field]: [{}] }]) {
          expect([name, field, await codeOf(client(), bad)]).toEqual([name, field, "BAD_USER_INPUT"]);
        }
      }
      expect(await codeOf(client(), { ...input, more: 1 })).toBe("BAD_USER_INPUT");
    }
  });
});

test.each(Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => [field.name, field] as const))(
  "%s is nothing for a reader, and changes nothing",
  async (name, { args }) => {
    const input = args[0] === undefined ? undefined : exampleOf(args[0].type);
    const answer = await leavingDatabaseAsItWas(service, () =>
      client().withKey(READER_KEY).ask(mutationOf(name), { input }),
    );
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  },
);

/** A value that the schema takes; only what must be there, and of alternatives the first. */
function exampleOf(type: GraphQLInputType): unknown {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return [exampleOf(inner.ofType)];
  if (!isInputObjectType(inner)) return inner.name === "Boolean" ? true : "1";
  const fields = Object.values(inner.getFields());
  const needed = inner.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, exampleOf(field.type)]));
}

test("the fields of Query that are nothing for a reader are those that its description names", async () => {
  const query = schema.getQueryType();
  const names: string[] = [];
  const refused: string[] = [];
  for (const { name, args } of Object.values(query?.getFields() ?? {})) {
    const given = args
      .filter(isRequiredArgument)
      .map((arg) => `${arg.name}: ${JSON.stringify(exampleOf(arg.type))}`)
      .join();
    const { errors } = await client()
      .withKey(READER_KEY)
      .ask(`{ ${name}${given && `(${given})`} { __typename } }`);
    if (errors?.[0]?.extensions.code === "FORBIDDEN") refused.push(name);
    names.push(name);
  }
  expect(refused).toEqual(names.filter((name) => query?.description?.includes(`\`${name}\``)));
});

test("audit and exports are nothing for a reader", async () => {
  const reader = client().withKey(READER_KEY);
  for (const query of ["{ auditEvents { nodes { id } } }", `{ exportViewer(userId: "ann") { url } }`]) {
    expect((await reader.ask(query)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  }
  const headers = { authorization: `Bearer ${READER_KEY}` };
  for (const path of ["/viewers/export?userId=ann", "/viewers/ann/export"]) {
    expect((await fetch(`${service.address}${path}`, { headers })).status).toBe(403);
  }
});

test.each([
  ["first: 0", "BAD_USER_INPUT"],
  ["first: 101", "BAD_USER_INPUT"],
  [`after: "x"`, "BAD_USER_INPUT"],
  [`videoId: ""`, "BAD_USER_INPUT"],
  [`userId: "a\\u0000b"`, "BAD_USER_INPUT"],
  ["action: NOTHING", "BAD_USER_INPUT"],
])("auditEvents(%s) is refused", async (args, code) => {
  const { errors } = await client().ask(`{ auditEvents(${args}) { nodes { id } } }`);
  expect(errors?.[0]?.extensions.code).toBe(code);
});

test("audit events are listed in pages, the newest first, and narrowed by what they are about", async () => {
  const ban = { videoId: "other", frameId: othersFrameId };
  for (const name of ["banFrame", "unbanFrame", "banFrame", "unbanFrame"]) await mutate(client(), name, ban);
  await mutate(client(), "setVideoPersonalization", { videoId: "film", personalized: false });
  interface Page {
    readonly auditEvents: {
      readonly nodes: readonly { readonly action: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  }
  const list = async (args: string) =>
    (await client().get<Page>(`{ auditEvents(${args}) { nodes { action } pageInfo { hasNextPage endCursor } } }`))
      .auditEvents;
  const first = await list(`first: 3, videoId: "other"`);
  const second = await list(`first: 3, videoId: "other", after: "${first.pageInfo.endCursor}"`);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  expect([...first.nodes, ...second.nodes].map(({ action }) => action)).toEqual([
    ...["UNBAN_FRAME", "BAN_FRAME", "UNBAN_FRAME", "BAN_FRAME"],
  ]);
  expect((await list(`videoId: "other", action: BAN_FRAME`)).nodes).toHaveLength(2);
  expect((await list(`videoId: "film"`)).nodes).toEqual([{ action: "SET_VIDEO_PERSONALIZATION" }]);
});
