import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { chooseCover, recordLikedImage } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { findTraces } from "./find-traces.fixture.js";
import { mutate } from "./mutation.fixture.js";
import { plainPicture, storeVideo } from "./stored-video.fixture.js";

let service: TestService;
let frameIds: readonly string[];
const client = () => service.client;
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const query = `query Export($userId: ID!) { exportViewer(userId: $userId) { url likedImages decisions } }`;

beforeAll(async () => {
  service = await startTestService();
  frameIds = (await storeVideo(service, "film", [10, 110, 210])).map(({ id }) => id);
});
afterAll(() => service.close());

interface ViewerExport {
  readonly url: string;
  readonly likedImages: number;
  readonly decisions: number;
}

const askForExport = async (userId: string) =>
  (await client().get<{ exportViewer: ViewerExport | null }>(query, { userId })).exportViewer;

const fetchExport = (url: string) => fetch(url, { headers: { authorization: "Bearer an-admin-key-for-tests" } });

/** A viewer of whom everything is kept that can be: likes of two kinds, decisions, an opt-out that was taken back. */
async function makeViewer(userId: string, picture: Buffer): Promise<void> {
  const uploadId = await client().upload(picture, "image/png");
  for (const source of [{ uploadId }, { frameId: frameIds[0] }]) {
    expect((await recordLikedImage(client(), { userId, source })).userErrors).toEqual([]);
  }
  for (const optedOut of [true, false]) await mutate(client(), "setViewerOptOut", { userId, optedOut });
  expect(await chooseCover(client(), "film", userId)).toMatchObject({ basis: "PERSONALIZED" });
}

describe("an export", () => {
  test("holds all that is kept of the viewer, with the images", async () => {
    const userId = "ann of/100%?#ü";
    const picture = await plainPicture(3);
    await makeViewer(userId, picture);
    const found = await askForExport(userId);
    expect(found).toMatchObject({ likedImages: 2, decisions: 1 });

    const response = await fetchExport(found?.url ?? "");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const document = (await response.json()) as {
      viewer: object;
      likedImages: { image: { base64: string; sha256: string }; source: string; features: unknown[] }[];
      decisions: object[];
      auditEvents: { action: string }[];
    };
    expect(document.viewer).toMatchObject({ id: userId, optedOut: false });
    const uploaded = document.likedImages.find((like) => like.source === "UPLOAD");
    expect(Buffer.from(uploaded?.image.base64 ?? "", "base64").equals(picture)).toBe(true);
    expect(uploaded?.features).toHaveLength(1);
    expect(document.likedImages.map((like) => like.source).sort()).toEqual(["FRAME", "UPLOAD"]);
    expect(document.decisions).toMatchObject([{ videoId: "film", basis: "PERSONALIZED" }]);
    expect(document.auditEvents.map((event) => event.action)).toEqual([
      ...["SET_VIEWER_OPT_OUT", "SET_VIEWER_OPT_OUT", "EXPORT_VIEWER"],
    ]);
  });

  test("of a viewer with the longest id there is can be fetched", async () => {
    const userId = "😀".repeat(128);
    await mutate(client(), "setViewerOptOut", { userId, optedOut: true });
    const response = await fetchExport((await askForExport(userId))?.url ?? "");
    expect(await response.json()).toMatchObject({ viewer: { id: userId }, likedImages: [], decisions: [] });
  });

  test.each([".", "..", "./a", "%2e"])(
    "of a viewer with the id %s, which means something in a path, can be fetched",
    async (userId) => {
      await mutate(client(), "setViewerOptOut", { userId, optedOut: true });
      const response = await fetchExport((await askForExport(userId))?.url ?? "");
      expect(await response.json()).toMatchObject({ viewer: { id: userId } });
    },
  );

  test("is there by a path with the id too", async () => {
    await mutate(client(), "setViewerOptOut", { userId: "of/a path", optedOut: true });
    const response = await fetchExport(`${service.address}/viewers/of%2Fa%20path/export`);
    expect(await response.json()).toMatchObject({ viewer: { id: "of/a path" } });
  });

  test("of a viewer of whom nothing is kept is none", async () => {
    expect(await leavingDatabaseAsItWas(service, () => askForExport("nobody"))).toBeNull();
  });

  test.each<[name: string, path: string, key: string | undefined, status: number, code: string]>([
    ["no key", "/viewers/ann/export", undefined, 401, "UNAUTHENTICATED"],
    ["a key that is none", "/viewers/ann/export", "not-a-key", 401, "UNAUTHENTICATED"],
    ["no key for any viewer", "/viewers/export?userId=ann", undefined, 401, "UNAUTHENTICATED"],
    ["no id", "/viewers/export", "an-admin-key-for-tests", 400, "BAD_USER_INPUT"],
    ["an empty id", "/viewers/export?userId=", "an-admin-key-for-tests", 400, "BAD_USER_INPUT"],
    ["two ids", "/viewers/export?userId=ann&userId=bob", "an-admin-key-for-tests", 400, "BAD_USER_INPUT"],
    ["an unknown viewer", "/viewers/nobody/export", "an-admin-key-for-tests", 404, "VIEWER_NOT_FOUND"],
    ["an id that is too long", `/viewers/${"x".repeat(129)}/export`, "an-admin-key-for-tests", 400, "BAD_USER_INPUT"],
    ["a control character", "/viewers/a%0Ab/export", "an-admin-key-for-tests", 400, "BAD_USER_INPUT"],
  ])("is refused for %s", async (_name, path, key, status, code) => {
    const response = await leavingDatabaseAsItWas(service, () =>
      fetch(`${service.address}${path}`, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } }),
    );
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });
});

describe("a deleted viewer", () => {
  test("is found in no column of any table, nor are images that nobody else uses, nor their files", async () => {
    const [userId, other] = ["viewer-to-be-deleted", "viewer-who-stays"];
    const [own, shared] = [await plainPicture(5), await plainPicture(7)];
    await makeViewer(userId, own);
    for (const each of [userId, other]) {
      await recordLikedImage(client(), { userId: each, source: { base64: shared.toString("base64") } });
    }
    await chooseCover(client(), "film", userId);
    await chooseCover(client(), "film", other);
    const image = await fetch(`${service.address}/images/${sha256(own)}?w=16&format=webp`);
    expect(image.status).toBe(200);
    expect((await findTraces(service, userId)).length).toBeGreaterThan(2);
    expect((await findTraces(service, sha256(own))).length).toBeGreaterThan(2);

    const deleted = await mutate(client(), "deleteViewer", { userId }, "viewer { id likedImages { nodes { id } } }");
    expect(deleted).toEqual({ viewer: { id: userId, likedImages: { nodes: [] } }, userErrors: [] });
    expect(await findTraces(service, userId)).toEqual([]);
    expect(await findTraces(service, sha256(own))).toEqual([]);
    expect(await findTraces(service, own.toString("hex"))).toEqual([]);
    expect((await fetch(`${service.address}/images/${sha256(own)}`)).status).toBe(404);
    const files = await readdir(service.dataDir, { recursive: true });
    expect(files.filter((file) => file.includes(sha256(own)))).toEqual([]);

    expect(await service.prisma.image.count({ where: { hash: sha256(shared) } })).toBe(1);
    expect(await service.prisma.likedImage.count({ where: { userId: other } })).toBe(1);
    expect(await service.prisma.coverDecision.count({ where: { userId: other } })).toBe(1);
  });

  test("is a newcomer when asked for again, even after as many likes as before", async () => {
    const [userId, before, after] = ["comes-back", frameIds[0] ?? "", frameIds[2] ?? ""];
    await recordLikedImage(client(), { userId, source: { frameId: before } });
    const first = await chooseCover(client(), "film", userId);
    await mutate(client(), "deleteViewer", { userId });
    expect(await chooseCover(client(), "film", userId)).toMatchObject({ basis: "QUALITY", reason: "NEW_VIEWER" });
    await mutate(client(), "deleteViewer", { userId });
    await recordLikedImage(client(), { userId, source: { frameId: after } });
    const second = await chooseCover(client(), "film", userId);
    // The same history version as the first time: nothing of then may be left in memory.
    expect(second.basis).toBe("PERSONALIZED");
    const weights = (cover: typeof first) => cover.candidates.map(({ interestWeight }) => interestWeight);
    expect(weights(second)).not.toEqual(weights(first));
  });

  test("is told of in the audit to whoever knows the id", async () => {
    const userId = "known-by-id";
    await mutate(client(), "setViewerOptOut", { userId, optedOut: true });
    await mutate(client(), "deleteViewer", { userId });
    const events = await client().get<{ auditEvents: { nodes: object[] } }>(
      `query Events($userId: ID!) {
        auditEvents(userId: $userId) { nodes { action userId videoId key { name } changes { name before after } } }
      }`,
      { userId },
    );
    const key = { name: "configured admin key" };
    expect(events.auditEvents.nodes).toEqual([
      {
        ...{ action: "DELETE_VIEWER", userId: null, videoId: null, key },
        changes: [
          { name: "decisions", before: "0", after: "0" },
          { name: "likedImages", before: "0", after: "0" },
        ],
      },
      {
        ...{ action: "SET_VIEWER_OPT_OUT", userId: null, videoId: null, key },
        changes: [{ name: "optedOut", before: "false", after: "true" }],
      },
    ]);
  });

  test("that was never known is deleted already, and nothing changes but the audit", async () => {
    const answer = await leavingDatabaseAsItWas(service, async () => {
      const answer = await mutate(client(), "deleteViewer", { userId: "nobody" }, "viewer { id }");
      const events = await service.prisma.auditEvent.deleteMany({ where: { userHash: sha256("nobody") } });
      expect(events.count).toBe(1);
      return answer;
    });
    expect(answer).toEqual({ viewer: null, userErrors: [] });
  });
});

test("an upload goes once the like that it came for is kept", async () => {
  const uploadId = await client().upload(await plainPicture(9), "image/png");
  const refused = await recordLikedImage(client(), { userId: "", source: { uploadId } });
  expect(refused.userErrors).toMatchObject([{ code: "INVALID_ID" }]);
  const files = () => readdir(join(service.dataDir, "uploads"));
  expect((await files()).filter((file) => file.startsWith(uploadId))).not.toEqual([]);
  expect((await recordLikedImage(client(), { userId: "bob", source: { uploadId } })).userErrors).toEqual([]);
  expect((await files()).filter((file) => file.startsWith(uploadId))).toEqual([]);
});

test("retention is on the queue's schedule", async () => {
  const schedules = await service.prisma.$queryRaw`SELECT name, cron FROM pgboss.schedule`;
  expect(schedules).toEqual([{ name: "retention", cron: "23 * * * *" }]);
});
