import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UploadIncompleteError, UploadStore, UploadTooLargeError } from "./upload-store.js";

let folder: string;
let uploads: UploadStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-uploads-"));
  uploads = await UploadStore.open(folder, 10);
});
afterEach(() => rm(folder, { recursive: true }));

test("an upload is kept with its hash, size and type", async () => {
  const upload = await uploads.receive(Readable.from([Buffer.from("hel"), Buffer.from("lo")]), "video/mp4", 5);
  expect(upload).toMatchObject({ sizeBytes: 5, contentType: "video/mp4" });
  expect(upload.sha256).toBe(createHash("sha256").update("hello").digest("hex"));
  expect(await uploads.find(upload.id)).toEqual(upload);
  expect(Buffer.from((await uploads.read(upload.id)) ?? []).toString()).toBe("hello");
});

test("an upload that two processes find to be whole at the same moment is one", async () => {
  const upload = await uploads.receive(Readable.from([Buffer.from("hello")]), "video/mp4", 5);
  await Promise.all(Array.from({ length: 10 }, () => uploads.adopt(upload)));
  expect(await uploads.find(upload.id)).toEqual(upload);
  expect((await readdir(folder)).sort()).toEqual([upload.id, `${upload.id}.json`]);
});

test.each([
  ["one byte too many", ["12345", "678901"], undefined, UploadTooLargeError],
  ["announced as too large", ["1"], 11, UploadTooLargeError],
  ["cut off", ["123"], 5, UploadIncompleteError],
  ["empty", [], 0, UploadIncompleteError],
])("an upload that is %s leaves nothing", async (_name, chunks, announced, error) => {
  const bytes = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  await expect(uploads.receive(bytes, "video/mp4", announced)).rejects.toThrow(error);
  expect(await readdir(folder)).toEqual([]);
});

test("an upload whose sender vanishes leaves nothing", async () => {
  const bytes = new Readable({ read: () => undefined });
  bytes.push("123");
  const receiving = uploads.receive(bytes, "video/mp4", 5);
  bytes.destroy();
  await expect(receiving).rejects.toThrow(UploadIncompleteError);
  expect(await readdir(folder)).toEqual([]);
});

test("an upload that is removed leaves nothing, and may be removed again", async () => {
  const { id } = await uploads.receive(Readable.from([Buffer.from("hello")]), "video/mp4", 5);
  for (let time = 0; time < 2; time++) await uploads.remove(id);
  expect(await uploads.find(id)).toBeUndefined();
  expect(await uploads.read(id)).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

test("to find an upload is to use it, to ask whether it is whole is not", async () => {
  const { id } = await uploads.receive(Readable.from([Buffer.from("hello")]), "video/mp4", 5);
  const [old, since] = [new Date("2026-01-01"), new Date("2026-01-02")];
  await utimes(uploads.pathOf(id), old, old);
  expect(await uploads.isWhole(id)).toBe(true);
  expect(await uploads.listUnused(since)).toEqual([id]);
  await uploads.find(id);
  expect(await uploads.listUnused(since)).toEqual([]);
  await uploads.remove(id);
  expect(await uploads.isWhole(id)).toBe(false);
});

test("an upload that somebody uses after it was listed as unused is not removed", async () => {
  const receive = () => uploads.receive(Readable.from([Buffer.from("hello")]), "video/mp4", 5);
  const [{ id: used }, { id: unused }] = [await receive(), await receive()];
  const [old, since] = [new Date("2026-01-01"), new Date("2026-01-02")];
  for (const id of [used, unused]) await utimes(uploads.pathOf(id), old, old);
  expect((await uploads.listUnused(since)).sort()).toEqual([used, unused].sort());
  const upload = await uploads.find(used);
  expect([await uploads.removeUnused(used, since), await uploads.removeUnused(unused, since)]).toEqual([false, true]);
  expect(await uploads.find(used)).toEqual(upload);
  expect((await readdir(folder)).sort()).toEqual([used, `${used}.json`]);
});

test("nothing outside of the folder is removed", async () => {
  await uploads.receive(Readable.from([Buffer.from("hello")]), "video/mp4", 5);
  const before = await readdir(folder);
  for (const id of ["", ".", "..", "../secret"]) await uploads.remove(id);
  expect(await readdir(folder)).toEqual(before);
});

test.each(["", "../secret", "a".repeat(36), "00000000-0000-0000-0000-000000000000"])("%j is no upload", async (id) => {
  expect(await uploads.find(id)).toBeUndefined();
});
