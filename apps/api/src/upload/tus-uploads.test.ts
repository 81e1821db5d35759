import { mkdtemp, rm } from "node:fs/promises";
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

function ask(method: string, path = "", headers: Record<string, string> = {}, body: string | null = null) {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${TUS_PATH}${path}`;
  return fetch(url, { method, headers: { "tus-resumable": "1.0.0", ...headers }, body });
}

async function begin(bytes: number): Promise<string> {
  const response = await ask("POST", "", { "upload-length": String(bytes) });
  return response.headers.get("location")?.split("/").at(-1) ?? "";
}

const BYTES_OF_TUS = { "content-type": "application/offset+octet-stream" };
const send = (id: string, body: string) => ask("PATCH", `/${id}`, { ...BYTES_OF_TUS, "upload-offset": "0" }, body);

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
