import { createHash, randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startRemoteHost, type RemoteHost } from "../../apps/api/src/remote-file/remote-host.fixture.js";
import { expireUploads } from "../../apps/api/src/upload/expire-uploads.js";
import { TusUploads } from "../../apps/api/src/upload/tus-uploads.js";
import { UploadStore } from "../../apps/api/src/upload/upload-store.js";
import { pino } from "pino";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { recordLikedImage, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makeSyntheticClip, photoPart } from "./material.fixture.js";

const MAX_UPLOAD = 2_000_000;
const ADMIN = { authorization: "Bearer an-admin-key-for-tests" };
const TUS = { "tus-resumable": "1.0.0" };
let host: RemoteHost;
let service: TestService;
let clip: Buffer;
let photo: Buffer;
const client = () => service.client;

beforeAll(async () => {
  clip = await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2);
  photo = await photoPart("black-canyon", "left");
  host = await startRemoteHost(({ url }, response) => {
    if (url === "/clip.mp4") response.end(clip);
    else if (url === "/photo.jpg") response.end(photo);
    else if (url === "/out") response.writeHead(302, { location: `https://evil.example:${host.port}/clip.mp4` }).end();
    else response.writeHead(404).end("nothing here");
  });
  const hosts = `media.example:${host.port}, inside.example:${host.port}`;
  const environment = { FACET_URL_HOSTS: hosts, FACET_MAX_UPLOAD_BYTES: String(MAX_UPLOAD) };
  service = await startTestService(environment, undefined, host.network);
});
afterAll(async () => {
  await service.close();
  await host.close();
});
afterEach(() => host.addresses.clear());

const at = (path: string, name = "media.example") => `https://${name}:${host.port}/${path}`;

describe("a video from an address", () => {
  test("is fetched while it is ingested, and its file is not kept", async () => {
    const { userErrors } = await registerVideo(client(), { id: "fetched", source: { url: at("clip.mp4") } });
    expect(userErrors).toEqual([]);
    expect(await untilIngested(client(), "fetched")).toMatchObject({ status: "READY", width: 320 });
    expect(await readdir(join(service.dataDir, "fetched"))).toEqual([]);
  });

  test.each([
    ["is not there", () => at("nothing.mp4"), "URL_NOT_REACHABLE"],
    ["leads to a host that is not allowed", () => at("out"), "URL_NOT_ALLOWED"],
    ["leads inside", () => at("clip.mp4", "inside.example"), "URL_NOT_ALLOWED"],
  ])("fails with its reason where it %s", async (name, url, code) => {
    host.addresses.set("inside.example", "169.254.169.254");
    await registerVideo(client(), { id: name, source: { url: url() } });
    const { failure, status } = await untilIngested(client(), name);
    expect({ status, failure }).toMatchObject({ status: "FAILED", failure: { code } });
    expect(failure?.message).not.toMatch(/169\.254|\/tmp|\.ts:/);
  });

  test.each([
    ["no address", "clip.mp4"],
    ["an empty one", ""],
    ["plain http", "http://media.example/clip.mp4"],
    ["a file", "file:///etc/passwd"],
    ["a password", "https://ann:sesame@media.example/clip.mp4"],
    ["a host that is not allowed", "https://evil.example/clip.mp4"],
    ["another port", "https://media.example/clip.mp4"],
    ["an address of this machine", "https://127.0.0.1/clip.mp4"],
    ["one that is too long", `https://media.example/${"a".repeat(2048)}`],
  ])("is refused at once: %s", async (_name, url) => {
    const { video, userErrors } = await leavingDatabaseAsItWas(service, () =>
      registerVideo(client(), { id: "new", source: { url } }),
    );
    expect(video).toBeNull();
    expect(userErrors).toMatchObject([{ code: "URL_NOT_ALLOWED", field: "source.url" }]);
    expect(JSON.stringify(userErrors)).not.toContain("sesame");
  });

  test("registered again is the video that is there, and with another address is refused", async () => {
    await registerVideo(client(), { id: "again", source: { url: at("clip.mp4") } });
    await untilIngested(client(), "again");
    await leavingDatabaseAsItWas(service, async () => {
      const same = await registerVideo(client(), { id: "again", source: { url: at("clip.mp4#t=1") } });
      expect(same).toMatchObject({ video: { id: "again" }, userErrors: [] });
      const other = await registerVideo(client(), { id: "again", source: { url: at("other.mp4") } });
      expect(other.userErrors).toMatchObject([{ code: "VIDEO_EXISTS", field: "source" }]);
    });
  });
});

describe("a liked image from an address", () => {
  test("is one as if its bytes had been sent", async () => {
    const { likedImage, userErrors } = await recordLikedImage(client(), {
      ...{ userId: "ann", source: { url: at("photo.jpg") } },
    });
    expect(userErrors).toEqual([]);
    expect(likedImage?.image.url).toContain(createHash("sha256").update(photo).digest("hex"));
  });

  test.each([
    ["a host that is not allowed", () => "https://evil.example/a.jpg", "URL_NOT_ALLOWED"],
    ["one that leads out by a redirect", () => at("out"), "URL_NOT_ALLOWED"],
    ["one that leads inside", () => at("photo.jpg", "inside.example"), "URL_NOT_ALLOWED"],
    ["one where nothing is", () => at("nothing.jpg"), "URL_NOT_REACHABLE"],
    ["one of a video", () => at("clip.mp4"), "INVALID_IMAGE"],
  ])("is refused: %s", async (_name, url, code) => {
    host.addresses.set("inside.example", "10.0.0.1");
    const { likedImage, userErrors } = await leavingDatabaseAsItWas(service, () =>
      recordLikedImage(client(), { userId: "bob", source: { url: url() } }),
    );
    expect(likedImage).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: "source.url" }]);
  });
});

interface TusRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: NonNullable<RequestInit["body"]>;
}
const tus = (path: string, init: TusRequest) =>
  fetch(`${service.address}/uploads/tus${path}`, { ...init, headers: { ...ADMIN, ...TUS, ...init.headers } });
const bytesOf = (bytes: Uint8Array) => bytes as NonNullable<RequestInit["body"]>;

async function begin(length: number): Promise<string> {
  const metadata = `filetype ${btoa("video/mp4")}`;
  const headers = { "upload-length": String(length), "upload-metadata": metadata };
  const response = await tus("", { method: "POST", headers });
  expect(response.status).toBe(201);
  return response.headers.get("location")?.split("/").at(-1) ?? "";
}

function send(id: string, offset: number, bytes: Uint8Array): Promise<Response> {
  const headers = { "upload-offset": String(offset), "content-type": "application/offset+octet-stream" };
  return tus(`/${id}`, { method: "PATCH", headers, body: bytesOf(bytes) });
}

describe("a resumable upload", () => {
  test("goes on where it was left, and when it is whole it is an upload like any other", async () => {
    const id = await begin(clip.length);
    expect((await send(id, 0, clip.subarray(0, 5000))).status).toBe(204);
    const early = await registerVideo(client(), { id: "resumed", source: { uploadId: id } });
    expect(early.userErrors).toMatchObject([{ code: "UPLOAD_NOT_FOUND" }]);

    const state = await tus(`/${id}`, { method: "HEAD" });
    expect(state.headers.get("upload-offset")).toBe("5000");
    expect((await send(id, 5000, clip.subarray(5000))).status).toBe(204);
    await registerVideo(client(), { id: "resumed", source: { uploadId: id } });
    expect(await untilIngested(client(), "resumed")).toMatchObject({ status: "READY" });
    const row = await service.prisma.video.findUniqueOrThrow({ where: { id: "resumed" } });
    expect(row.sourceHash).toBe(createHash("sha256").update(clip).digest("hex"));
  });

  test("is none for the pages of browsers: no origin is allowed", async () => {
    const headers = { origin: "https://platform.example", "upload-length": "10" };
    for (const method of ["OPTIONS", "POST"]) {
      const response = await tus("", { method, headers });
      expect(response.ok).toBe(true);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("that was whole when its process was killed is one at the next start", async () => {
    const folder = join(service.dataDir, "uploads");
    const id = await begin(3);
    await send(id, 0, Buffer.from("abc"));
    await rm(join(folder, `${id}.json`));
    const uploads = await UploadStore.open(folder, MAX_UPLOAD);
    expect(await uploads.find(id)).toBeUndefined();
    const log = pino({ level: "silent" });
    const stateFolder = join(folder, "tus");
    await TusUploads.open({ uploads, stateFolder, log, publicUrl: "", maxBytes: MAX_UPLOAD, expireAfterMs: 1000 });
    expect(await uploads.find(id)).toMatchObject({ sizeBytes: 3, contentType: "video/mp4" });
  });

  test("that was whole when its process was killed is one when it is asked for", async () => {
    const id = await begin(3);
    await send(id, 0, Buffer.from("abc"));
    await rm(join(service.dataDir, "uploads", `${id}.json`));
    const state = await tus(`/${id}`, { method: "HEAD" });
    expect(state.headers.get("upload-offset")).toBe("3");
    const { userErrors } = await registerVideo(client(), { id: "asked-for", source: { uploadId: id } });
    expect(userErrors).toEqual([]);
    expect(await untilIngested(client(), "asked-for")).toMatchObject({ failure: { code: "UNREADABLE_VIDEO" } });
  });

  type Call = [name: string, status: number, call: (id: string) => Promise<Response>];
  test.each<Call>([
    [
      "one over the limit",
      413,
      () => tus("", { method: "POST", headers: { "upload-length": String(MAX_UPLOAD + 1) } }),
    ],
    ["one without a length", 400, () => tus("", { method: "POST" })],
    ["a length that is none", 400, () => tus("", { method: "POST", headers: { "upload-length": "-1" } })],
    ["bytes at another offset", 409, (id) => send(id, 3, Buffer.from("abc"))],
    ["more bytes than were announced", 413, (id) => send(id, 0, Buffer.alloc(20))],
    ["an upload that is not there", 404, () => send(randomUUID(), 0, Buffer.from("abc"))],
    ["an id that is none", 404, () => tus("/..%2f..%2fsecret", { method: "HEAD" })],
    ["an id of facts", 404, (id) => tus(`/${id}.json`, { method: "HEAD" })],
    [
      "bytes of another type",
      400,
      (id) =>
        tus(`/${id}`, { method: "PATCH", headers: { "upload-offset": "0", "content-type": "text/plain" }, body: "a" }),
    ],
    [
      "a request without the protocol's version",
      412,
      (id) => tus(`/${id}`, { method: "HEAD", headers: { "tus-resumable": "" } }),
    ],
    ["no key", 401, () => tus("", { method: "POST", headers: { authorization: "" } })],
  ])("refuses %s with %d", async (_name, status, call) => {
    const id = await begin(10);
    const files = () => readdir(join(service.dataDir, "uploads"));
    const before = await files();
    const response = await leavingDatabaseAsItWas(service, () => call(id));
    expect(response.status).toBe(status);
    const body = await response.text();
    expect(body).not.toMatch(/\/tmp|node_modules|ENOENT/);
    // A HEAD request is answered without a body.
    if (body !== "") {
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(JSON.parse(body)).toEqual({
        error: { code: expect.any(String) as string, message: expect.any(String) as string },
      });
    }
    expect(await files()).toEqual(before);
  });
});

describe("uploads expire", () => {
  const HOUR_MS = 60 * 60 * 1000;

  test("when nothing needs them: whole ones and those that were only begun, but none of a video", async () => {
    const folder = join(service.dataDir, "uploads");
    const uploads = await UploadStore.open(folder, MAX_UPLOAD);
    const log = pino({ level: "silent" });
    const tusUploads = await TusUploads.open({
      ...{ uploads, log, publicUrl: "", maxBytes: MAX_UPLOAD, expireAfterMs: HOUR_MS },
      stateFolder: join(folder, "tus"),
    });
    const needed = await client().upload(clip, "video/mp4");
    await registerVideo(client(), { id: "needs its upload", source: { uploadId: needed } });
    await untilIngested(client(), "needs its upload");
    const unused = await client().upload(photo, "image/jpeg");
    const begun = await begin(10);

    const parts = { prisma: service.prisma, uploads, tusUploads };
    expect(await expireUploads(parts, new Date(Date.now() - HOUR_MS))).toEqual([]);
    const removed = await expireUploads(parts, new Date(Date.now() + HOUR_MS));
    expect(removed).toEqual(expect.arrayContaining([unused, begun]));
    expect(removed).not.toContain(needed);

    const { userErrors } = await recordLikedImage(client(), { userId: "ann", source: { uploadId: unused } });
    expect(userErrors).toMatchObject([{ code: "UPLOAD_NOT_FOUND" }]);
    expect((await send(begun, 0, Buffer.from("abc"))).status).toBe(404);
  });
});
