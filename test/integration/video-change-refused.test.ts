import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makeSyntheticClip } from "./material.fixture.js";
import { changeVideo, mutationOf, untilSettled, type Change } from "./video-change.fixture.js";

// Each takes a video in.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let service: TestService;
let clip: Buffer;
const client = () => service.client;
const upload = async () => ({ uploadId: await client().upload(clip, "video/mp4") });

beforeAll(async () => {
  service = await startTestService();
  clip = await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2);
  await registerVideo(client(), { id: "sound", source: await upload() });
  expect(await untilIngested(client(), "sound")).toMatchObject({ status: "READY" });
});
afterAll(() => service.close());

describe("a change that is refused, and leaves all as it was:", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 9; level++) deep = { deep };
  const ABSENT = "00000000-0000-7000-8000-000000000000";
  const source = { uploadId: ABSENT };

  test.each<[name: string, change: Change, input: Record<string, unknown>, code: string, field: string]>([
    ["retrying what is not there", "retryIngest", { videoId: "absent" }, "VIDEO_NOT_FOUND", "videoId"],
    ["retrying without an id", "retryIngest", { videoId: "" }, "INVALID_ID", "videoId"],
    ["retrying what did not fail", "retryIngest", { videoId: "sound" }, "INGEST_NOT_FAILED", "videoId"],
    [
      "a source that is not there",
      "replaceVideoSource",
      { videoId: "sound", source },
      "UPLOAD_NOT_FOUND",
      "source.uploadId",
    ],
    [
      ...(["a path outside", "replaceVideoSource", { videoId: "sound", source: { path: "../x" } }] as const),
      ...(["PATH_NOT_ALLOWED", "source.path"] as const),
    ],
    ["metadata nested too deep", "updateVideo", { videoId: "sound", metadata: deep }, "INVALID_METADATA", "metadata"],
    ["metadata with NUL", "updateVideo", { videoId: "sound", metadata: { a: "\0" } }, "INVALID_METADATA", "metadata"],
    [
      "metadata that Postgres would write larger",
      "updateVideo",
      { videoId: "sound", metadata: { a: Array<number>(200).fill(1e308) } },
      "INVALID_METADATA",
      "metadata",
    ],
    [
      "metadata with half a character",
      "updateVideo",
      { videoId: "sound", metadata: { "\ud800": 1 } },
      "INVALID_METADATA",
      "metadata",
    ],
    [
      "metadata too large",
      "updateVideo",
      { videoId: "sound", metadata: { a: "x".repeat(8192) } },
      "INVALID_METADATA",
      "metadata",
    ],
    [
      "metadata with a number that JSON rounds",
      "updateVideo",
      { videoId: "sound", metadata: { a: [2 ** 53] } },
      "INVALID_METADATA",
      "metadata",
    ],
    ["an empty title", "updateVideo", { videoId: "sound", title: "" }, "INVALID_TEXT", "title"],
    ["a long category", "updateVideo", { videoId: "sound", category: "x".repeat(101) }, "INVALID_TEXT", "category"],
    ["changing what is not there", "updateVideo", { videoId: "absent", title: "A" }, "VIDEO_NOT_FOUND", "videoId"],
  ])("%s", async (_name, name, input, code, field) => {
    const { video, userErrors } = await leavingDatabaseAsItWas(service, () => changeVideo(client(), name, input));
    expect(video).toBeNull();
    expect(userErrors).toEqual([{ code, field }]);
  });

  test.each([
    ["holds a number beyond 9007199254740991", "{ a: 9007199254740993 }"],
    ["holds the key __proto__", "{ a: [{ __proto__: { b: 1 } }] }"],
  ])("metadata in the query that %s", async (problem, metadata) => {
    const input = `{ videoId: "sound", metadata: ${metadata} }`;
    const query = `mutation { updateVideo(input: ${input}) { video { id } userErrors { code message field } } }`;
    const { data } = await leavingDatabaseAsItWas(service, () => client().ask(query));
    const message = expect.stringContaining(problem) as string;
    const userErrors = [{ code: "INVALID_METADATA", field: "metadata", message }];
    expect(data).toEqual({ updateVideo: { video: null, userErrors } });
  });

  test.each(['{"__proto__": {"a": 1}}', '{"constructor": {"prototype": 1}}'])(
    "a variable of metadata with a key that no body may have: %s",
    async (metadata) => {
      const variables = `{"input": {"videoId": "sound", "metadata": ${metadata}}}`;
      const body = `{"query": ${JSON.stringify(mutationOf("updateVideo"))}, "variables": ${variables}}`;
      const { errors } = await leavingDatabaseAsItWas(service, () => client().askInJson(body));
      const message = expect.stringContaining("holds a key that is not taken: __proto__") as string;
      expect(errors).toEqual([{ message, extensions: { code: "BAD_USER_INPUT" } }]);
    },
  );

  test.each<Change>(["retryIngest", "replaceVideoSource", "updateVideo"])("%s without a key", async (name) => {
    const input = name === "replaceVideoSource" ? { videoId: "sound", source } : { videoId: "sound" };
    const { errors } = await leavingDatabaseAsItWas(service, () =>
      client().withKey(undefined).ask(mutationOf(name), { input }),
    );
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("another source while one is under way", async () => {
    await registerVideo(client(), { id: "busy", source: await upload() });
    const { userErrors } = await changeVideo(client(), "replaceVideoSource", {
      videoId: "busy",
      source: await upload(),
    });
    expect(userErrors).toEqual([{ code: "INGEST_UNDER_WAY", field: "videoId" }]);
    expect(await untilSettled(client(), "busy")).toMatchObject({ status: "READY", revision: 1 });
  });
});
