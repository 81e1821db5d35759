import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TUS_PATH, TusUploads } from "./tus-uploads.js";
import { UploadStore } from "./upload-store.js";

const MAX_BYTES = 100;

let folder: string;
let uploads: UploadStore;
let server: Server;
let arrived: (method: string | undefined) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-tus-"));
  uploads = await UploadStore.open(folder, MAX_BYTES);
  const tus = await TusUploads.open({
    ...{ uploads, stateFolder: join(folder, "tus"), maxBytes: MAX_BYTES },
    ...{ expireAfterMs: 60_000, publicUrl: "", log: pino({ level: "silent" }) },
  });
  arrived = () => undefined;
  server = createServer((request, response) => {
    void tus.handle(request, response);
    arrived(request.method);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((closed) => server.close(closed).closeAllConnections());
  await rm(folder, { recursive: true });
});

type Body = NonNullable<RequestInit["body"]>;

function ask(method: string, path = "", headers: Record<string, string> = {}, body?: Body) {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${TUS_PATH}${path}`;
  const sent = body === undefined ? {} : { body, duplex: "half" as const };
  return fetch(url, { method, headers: { "tus-resumable": "1.0.0", ...headers }, ...sent });
}

async function begin(bytes: number): Promise<string> {
  const response = await ask("POST", "", { "upload-length": String(bytes) });
  return response.headers.get("location")?.split("/").at(-1) ?? "";
}

const BYTES_OF_TUS = { "content-type": "application/offset+octet-stream" };
const send = (id: string, body: Body, headers: Record<string, string> = {}) =>
  ask("PATCH", `/${id}`, { ...BYTES_OF_TUS, "upload-offset": "0", ...headers }, body);
/** Sent as it comes, without its length before it. */
const streamed = (text: string) => new Blob([text]).stream();

test("who asks for an upload that is just becoming whole waits for that, and it is made once", async () => {
  const id = await begin(3);
  const original = uploads.adopt.bind(uploads);
  const asking: Promise<Response>[] = [];
  const adopt = vi.spyOn(uploads, "adopt").mockImplementationOnce(async (upload) => {
    const allArrived = new Promise<void>((done) => {
      arrived = () => {
        left -= 1;
        if (left === 0) done();
      };
    });
    asking.push(ask("HEAD", `/${id}`), ask("HEAD", `/${id}`), send(id, "abc"));
    let left = asking.length;
    await allArrived;
    await original(upload);
  });
  expect((await send(id, "abc")).status).toBe(204);
  expect((await Promise.all(asking)).map(({ status }) => status)).toEqual([200, 200, 409]);
  expect(adopt).toHaveBeenCalledTimes(1);
  expect(await uploads.find(id)).toMatchObject({ sizeBytes: 3 });
});

const TOO_LARGE = `The upload is larger than ${MAX_BYTES} bytes.`;
const MORE_THAN_ANNOUNCED = "The upload is larger than the 3 bytes that it was announced with.";
const lengthOf = (bytes: number) => ({ "upload-length": String(bytes) });

test.each<[name: string, message: string, call: () => Promise<Response>]>([
  ["announced as too large", TOO_LARGE, () => ask("POST", "", lengthOf(MAX_BYTES + 1))],
  ["announced late as too large", TOO_LARGE, async () => send(await defer(), "abc", lengthOf(MAX_BYTES + 1))],
  ["too large and not announced", TOO_LARGE, async () => send(await defer(), "x".repeat(MAX_BYTES + 1))],
  ["too large and streamed", TOO_LARGE, async () => send(await defer(), streamed("x".repeat(MAX_BYTES + 1)))],
  ["larger than was announced", MORE_THAN_ANNOUNCED, async () => send(await begin(3), "abcd")],
  ["larger than was announced, and streamed", MORE_THAN_ANNOUNCED, async () => send(await begin(3), streamed("abcd"))],
  [
    "larger than it is announced as it begins",
    MORE_THAN_ANNOUNCED,
    () => ask("POST", "", { ...BYTES_OF_TUS, ...lengthOf(3) }, "abcd"),
  ],
])("an upload that is %s is told the limit", async (_name, message, call) => {
  const response = await call();
  expect([response.status, await response.json()]).toEqual([413, { error: { code: "LIMIT_EXCEEDED", message } }]);
});

async function defer(): Promise<string> {
  const response = await ask("POST", "", { "upload-defer-length": "1" });
  return response.headers.get("location")?.split("/").at(-1) ?? "";
}

test.each<[name: string, message: RegExp, call: (id: string) => Promise<Response>]>([
  ["nothing is to be in", /Upload-Length is 0: .* at least 1 byte/, () => ask("POST", "", lengthOf(0))],
  ["nothing turns out to be in", /Upload-Length is 0/, (id) => send(id, "", lengthOf(0))],
  [
    "is to be put together of parts",
    /Concatenation/,
    () => ask("POST", "", { ...lengthOf(3), "upload-concat": "partial" }),
  ],
])("an upload that %s is refused as what cannot be had", async (_name, message, call) => {
  const id = await defer();
  const before = await readdir(folder);
  const response = await call(id);
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: { code: "BAD_USER_INPUT", message: expect.stringMatching(message) as string } },
  ]);
  expect(await readdir(folder)).toEqual(before);
});
