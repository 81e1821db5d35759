import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UploadStore } from "../upload/upload-store.js";
import { exchangeRaw } from "./raw-exchange.fixture.js";
import { registerUploads } from "./uploads.js";

let app = Fastify();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-uploads-"));
  app = Fastify();
  registerUploads(app, await UploadStore.open(folder, 1000), 1000);
  await app.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** An upload of which the server sees one byte only. */
const begin = (bytes: number) =>
  exchangeRaw(
    app,
    `POST /uploads HTTP/1.1\r\nHost: here\r\nContent-Type: video/mp4\r\nContent-Length: ${bytes}\r\n\r\n1`,
  );

test("an upload that cannot be kept ends the connection: what is left of its body is not read", async () => {
  await rm(folder, { recursive: true });
  const answer = await begin(1000);
  expect(answer).toMatch(/^HTTP\/1\.1 500 /);
  expect(answer).toContain("connection: close");
});

test("an upload that is too large ends the connection too", async () => {
  const answer = await begin(1001);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain("connection: close");
});
