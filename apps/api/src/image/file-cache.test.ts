import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FileCache } from "./file-cache.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-cache-"));
});
afterEach(() => rm(folder, { recursive: true }));

const files = () => readdir(folder).then((names) => names.sort());
const ten = (fill: number) => new Uint8Array(10).fill(fill);

test("what was written is read, by the next process too", async () => {
  const cache = await FileCache.open(folder, 100);
  await cache.write("a", ten(1));
  expect(Array.from((await cache.read("a")) ?? [])).toEqual(Array.from(ten(1)));
  const next = await FileCache.open(folder, 100);
  expect(Array.from((await next.read("a")) ?? [])).toEqual(Array.from(ten(1)));
  expect(await next.read("b")).toBeUndefined();
});

test("there are never more bytes than the limit, and what was not used for longest goes first", async () => {
  const cache = await FileCache.open(folder, 30);
  for (const name of ["a", "b", "c"]) await cache.write(name, ten(1));
  await cache.read("a");
  await cache.write("d", ten(1));
  expect(cache.bytes).toBe(30);
  await expect.poll(files).toEqual(["a", "c", "d"]);
});

test("a limit that became smaller holds from the start on, for the files that were not used for longest", async () => {
  const before = await FileCache.open(folder, 100);
  for (const [index, name] of ["a", "b", "c"].entries()) {
    await before.write(name, ten(1));
    const used = new Date(2026, 0, index === 0 ? 9 : index);
    await utimes(join(folder, name), used, used);
  }
  const cache = await FileCache.open(folder, 20);
  expect(cache.bytes).toBe(20);
  await expect.poll(files).toEqual(["a", "c"]);
});

test("what is larger than the whole cache is not kept", async () => {
  const cache = await FileCache.open(folder, 5);
  await cache.write("a", ten(1));
  expect(await cache.read("a")).toBeUndefined();
  expect(await files()).toEqual([]);
});

test("a file that somebody removed is not there, and may be written again", async () => {
  const cache = await FileCache.open(folder, 100);
  await cache.write("a", ten(1));
  await rm(join(folder, "a"));
  expect(await cache.read("a")).toBeUndefined();
  expect(cache.bytes).toBe(0);
  await cache.write("a", ten(2));
  expect((await cache.read("a"))?.[0]).toBe(2);
});

test("what a killed process had begun to write is swept up, and never read", async () => {
  await writeFile(join(folder, "x.part"), "half");
  const old = new Date(2026, 0, 1);
  await utimes(join(folder, "x.part"), old, old);
  const cache = await FileCache.open(folder, 100);
  expect(await cache.names()).toEqual([]);
  expect(await files()).toEqual([]);
});

test("files of another process are named and may be removed, but count where they were written", async () => {
  const [here, there] = [await FileCache.open(folder, 20), await FileCache.open(folder, 20)];
  await here.write("a", ten(1));
  for (const name of ["b", "c"]) await there.write(name, ten(2));
  await writeFile(join(folder, "x.part"), "half");
  expect((await here.names()).sort()).toEqual(["a", "b", "c"]);
  expect([here.bytes, there.bytes]).toEqual([10, 20]);

  await here.remove("b");
  expect((await there.names()).sort()).toEqual(["a", "c"]);
  expect([here.bytes, there.bytes]).toEqual([10, 10]);
  expect(await files()).toEqual(["a", "c", "x.part"]);
});

test("a folder that somebody cleared away holds nothing", async () => {
  const cache = await FileCache.open(folder, 100);
  await cache.write("a", ten(1));
  await rm(folder, { recursive: true });
  expect(await cache.names()).toEqual([]);
  expect(cache.bytes).toBe(0);
  await mkdir(folder);
});
