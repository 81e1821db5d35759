import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordLikedImage } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { photoPart } from "./material.fixture.js";

const MAX_UPLOAD = 200_000;
let service: TestService;
let photo: Buffer;
let imageUrl: string;
const client = () => service.client;

beforeAll(async () => {
  service = await startTestService({ FACET_MAX_UPLOAD_BYTES: String(MAX_UPLOAD) });
  photo = await photoPart("french-alpine-landscape", "left");
  const uploadId = await client().upload(photo, "image/jpeg");
  const { likedImage } = await recordLikedImage(client(), { userId: "ann", source: { uploadId } });
  imageUrl = likedImage?.image.url ?? "";
});
afterAll(() => service.close());

const filesOfUploads = () => readdir(join(service.dataDir, "uploads"));

describe("POST /uploads", () => {
  test("answers 201 with an id that can be used", async () => {
    const response = await client().postUpload(photo, { "content-type": "image/jpeg" });
    expect(response.status).toBe(201);
    const { uploadId } = (await response.json()) as { uploadId: string };
    const { userErrors } = await recordLikedImage(client(), { userId: "bob", source: { uploadId } });
    expect(userErrors).toEqual([]);
  });

  test("takes a body of JSON as the bytes that it is", async () => {
    const response = await client().postUpload('{"a": 1', { "content-type": "application/json" });
    expect(response.status).toBe(201);
  });

  test.each<[string, Uint8Array, Record<string, string>, number, string]>([
    ["over the limit", new Uint8Array(MAX_UPLOAD + 1), { "content-type": "video/mp4" }, 413, "LIMIT_EXCEEDED"],
    ["empty", new Uint8Array(), { "content-type": "video/mp4" }, 400, "UPLOAD_INCOMPLETE"],
    ["of no type", Uint8Array.of(1), {}, 415, "BAD_USER_INPUT"],
    [
      ...(["a form", Uint8Array.of(1), { "content-type": "Multipart/Form-Data; boundary=a" }] as const),
      ...([415, "BAD_USER_INPUT"] as const),
    ],
  ])("refuses a body that is %s, and keeps nothing", async (_name, body, headers, status, code) => {
    const before = await filesOfUploads();
    const response = await client().postUpload(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) as string } });
    expect(await filesOfUploads()).toEqual(before);
  });

  test("refuses a stream that turns out to be over the limit, and keeps nothing", async () => {
    const before = await filesOfUploads();
    expect(
      await sendChunks(
        Array.from({ length: 30 }, () => Buffer.alloc(10_000)),
        true,
      ),
    ).toBe(413);
    expect(await filesOfUploads()).toEqual(before);
  });

  test("keeps nothing of an upload that is cut off", async () => {
    const before = await filesOfUploads();
    await sendChunks([Buffer.alloc(10_000)], false);
    await expect.poll(filesOfUploads).toEqual(before);
  });

  test("needs a key", async () => {
    const answer = await client().withKey(undefined).postUpload(photo, { "content-type": "image/jpeg" });
    expect(answer.status).toBe(401);
    const other = await client().withKey("a-key-that-nobody-made").postUpload(photo, { "content-type": "image/jpeg" });
    expect(other.status).toBe(401);
    expect(await other.json()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  });

  /** Sends a body of unknown length; without an end, the connection is cut. */
  function sendChunks(chunks: readonly Buffer[], end: boolean): Promise<number | undefined> {
    return new Promise((resolve) => {
      const headers = { authorization: "Bearer an-admin-key-for-tests", "content-type": "video/mp4" };
      const call = request(`${service.address}/uploads`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on("error", () => resolve(undefined));
      for (const chunk of chunks) call.write(chunk);
      if (end) call.end();
      else call.write(Buffer.alloc(1), () => call.destroy());
    });
  }
});

describe("GET /images/<sha256>", () => {
  test("gives the bytes as they were given, to be cached for ever, without a key", async () => {
    const response = await fetch(imageUrl);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true);
    expect(imageUrl).toContain(createHash("sha256").update(photo).digest("hex"));
  });

  test("gives another width and format", async () => {
    const response = await fetch(`${imageUrl}?w=100&format=webp`);
    expect(response.headers.get("content-type")).toBe("image/webp");
    const picture = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(picture).toMatchObject({ format: "webp", width: 100, height: 56 });
  });

  test("answers 304 to who has it already", async () => {
    const etag = (await fetch(`${imageUrl}?w=64`)).headers.get("etag") ?? "";
    const headers = { "if-none-match": `"other", W/${etag}` };
    expect((await fetch(`${imageUrl}?w=64`, { headers })).status).toBe(304);
    expect((await fetch(`${imageUrl}?w=65`, { headers })).status).toBe(200);
  });

  test.each([
    ["w=15", 400, "BAD_USER_INPUT"],
    ["w=3841", 400, "BAD_USER_INPUT"],
    ["w=1e3", 400, "BAD_USER_INPUT"],
    ["w=", 400, "BAD_USER_INPUT"],
    ["w=100&w=200", 400, "BAD_USER_INPUT"],
    ["format=png", 400, "BAD_USER_INPUT"],
  ])("refuses ?%s", async (query, status, code) => {
    const response = await fetch(`${imageUrl}?${query}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });

  test.each([
    ["0".repeat(64), 404, "IMAGE_NOT_FOUND"],
    ["0".repeat(63), 400, "BAD_USER_INPUT"],
    ["A".repeat(64), 400, "BAD_USER_INPUT"],
    ["..%2f..%2fetc%2fpasswd", 400, "BAD_USER_INPUT"],
  ])("answers for /images/%s", async (name, status, code) => {
    const response = await fetch(`${service.address}/images/${name}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});

test("/health and /ready answer 200 without a key", async () => {
  const health = await fetch(`${service.address}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
  const ready = await fetch(`${service.address}/ready`);
  const engine: unknown = expect.stringMatching(/^(onnx|tensorflow|wasm)$/);
  const body = { status: "ready", reasons: [], engines: { encoder: engine, scorer: engine } };
  expect([ready.status, await ready.json()]).toEqual([200, body]);
});

test("a reader asks, and changes nothing", async () => {
  const key = "a-reader-key-for-tests";
  const hash = createHash("sha256").update(key).digest("hex");
  await service.prisma.apiKey.create({ data: { name: "a page", role: "reader", hash } });
  const reader = client().withKey(key);
  expect((await reader.ask("{ videos { nodes { id } } }")).errors).toBeUndefined();
  const mutation = 'mutation { removeLikedImage(input: { userId: "ann", likedImageId: "x" }) { likedImage { id } } }';
  expect((await reader.ask(mutation)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  const upload = await reader.postUpload(photo, { "content-type": "image/jpeg" });
  expect([upload.status, await upload.json()]).toMatchObject([403, { error: { code: "FORBIDDEN" } }]);
});

test("a GraphQL query needs a key that is known", async () => {
  const query = "{ videos { nodes { id } } }";
  const codes = await Promise.all(
    [undefined, "a-key-that-nobody-made"].map(
      async (key) => (await client().withKey(key).ask(query)).errors?.[0]?.extensions.code,
    ),
  );
  expect(codes).toEqual(["UNAUTHENTICATED", "UNAUTHENTICATED"]);
  expect((await client().ask(query)).errors).toBeUndefined();
});

test("a GraphQL request that is no JSON, or only names a persisted query, is told so", async () => {
  const headers = { authorization: "Bearer nobody", "content-type": "application/json" };
  const post = async (body: string) => {
    const response = await fetch(`${service.address}/graphql`, { method: "POST", headers, body });
    return (await response.json()) as { errors: { extensions: { code: string } }[] };
  };
  const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: "a".repeat(64) } } };
  for (const body of ["{bad", JSON.stringify(persisted)]) {
    expect((await post(body)).errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  }
});

test("an address that cannot be read is refused in the words of every other", async () => {
  const response = await fetch(`${service.address}/images/%ff`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "BAD_USER_INPUT" } });

  // Nor is the rest of a body waited for.
  const { hostname, port } = new URL(service.address);
  const socket = connect(Number(port), hostname);
  socket.write("POST /images/%ff HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n1");
  socket.resume();
  await once(socket, "close");
});
