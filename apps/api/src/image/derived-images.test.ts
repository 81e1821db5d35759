import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseImageHash } from "@facet/domain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DerivedImages, nameDerived, TooManyEncodingsError, type DerivedPlan } from "./derived-images.js";
import { FileCache } from "./file-cache.js";
import { planImage, type ImageForm } from "./image-form.js";

let folder: string;
let cache: FileCache;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-derived-"));
  cache = await FileCache.open(folder, 10_000);
});
afterEach(() => rm(folder, { recursive: true }));

const hash = parseImageHash("0f".repeat(32));
const image = { hash, mime: "image/jpeg", width: 640, height: 360 };
const store = { read: () => Promise.resolve({ ...image, bytes: Uint8Array.of(1) }) };
const planOf = (width: number): DerivedPlan => ({
  ...{ kind: "derived", size: { width, height: 9 }, crop: false, format: "webp" },
});

/** Renders when it is told to, and counts. */
function makeRenderer() {
  const waiting: (() => void)[] = [];
  const calls = { all: 0, now: 0, most: 0 };
  const render = async (_bytes: Uint8Array, plan: DerivedPlan) => {
    calls.all += 1;
    calls.now += 1;
    calls.most = Math.max(calls.most, calls.now);
    await new Promise<void>((done) => waiting.push(done));
    calls.now -= 1;
    return Uint8Array.of(plan.size.width % 256);
  };
  const finishAll = async (requests: Promise<unknown>): Promise<void> => {
    const state = { over: false };
    void requests.then(() => (state.over = true));
    while (!state.over) {
      waiting.splice(0).forEach((done) => done());
      await new Promise((done) => setImmediate(done));
    }
  };
  return { render, calls, finishAll };
}

test("the same picture asked for by many at once is made once, and never again", async () => {
  const { render, calls, finishAll } = makeRenderer();
  const derived = new DerivedImages(store, cache, render);
  const requests = Promise.all(Array.from({ length: 10 }, () => derived.read(image, planOf(100))));
  await finishAll(requests);
  expect((await requests).every((bytes) => bytes?.[0] === 100)).toBe(true);
  expect((await derived.read(image, planOf(100)))?.[0]).toBe(100);
  const next = new DerivedImages(store, await FileCache.open(folder, 10_000), render);
  expect((await next.read(image, planOf(100)))?.[0]).toBe(100);
  expect(calls.all).toBe(1);
});

test("of one width every ratio and format is a picture of its own, cropped or not", async () => {
  const forms: readonly ImageForm[] = [
    ...([{ width: 100 }, { width: 100, ratio: "16:9" }, { width: 100, ratio: "1:1" }] as const),
    ...([
      { width: 100, ratio: "2:3" },
      { width: 100, ratio: "1:1", format: "avif" },
    ] as const),
  ];
  const plans = forms.map((form) => planImage(image, form)).filter((plan) => plan.kind === "derived");
  expect(plans).toHaveLength(forms.length);
  // Bytes that tell which plan they were made by.
  const render = (_bytes: Uint8Array, plan: DerivedPlan) => Promise.resolve(Buffer.from(JSON.stringify(plan)));
  const derived = new DerivedImages(store, cache, render);
  for (const plan of [...plans, ...plans]) {
    const bytes = await derived.read(image, plan);
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toEqual(plan);
  }
  expect(new Set(plans.map((plan) => nameDerived(hash, plan))).size).toBe(plans.length);
});

test("no more than four are made at once, and who comes when too many wait is told so", async () => {
  const { render, calls, finishAll } = makeRenderer();
  const derived = new DerivedImages(store, undefined, render);
  const requests = Promise.allSettled(
    Array.from({ length: 300 }, (_, index) => derived.read(image, planOf(index + 16))),
  );
  await finishAll(requests);
  const refused = (await requests).filter((result) => result.status === "rejected");
  expect(calls.most).toBeLessThanOrEqual(4);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(({ reason }) => reason instanceof TooManyEncodingsError)).toBe(true);
  expect(calls.all + refused.length).toBe(300);
});

test("a picture that could not be made is tried anew", async () => {
  let fail = true;
  const derived = new DerivedImages(store, cache, () =>
    fail ? Promise.reject(new Error("no memory")) : Promise.resolve(Uint8Array.of(1)),
  );
  await expect(derived.read(image, planOf(100))).rejects.toThrow("no memory");
  fail = false;
  expect(await derived.read(image, planOf(100))).toEqual(Uint8Array.of(1));
});

test("what was made of a picture that is gone is forgotten, whichever process of the folder made it", async () => {
  const kept = { ...image, hash: parseImageHash("a0".repeat(32)) };
  const there = await FileCache.open(folder, 10_000);
  let isGone = false;
  const images = { read: (asked: string) => (isGone && asked === hash ? Promise.resolve(undefined) : store.read()) };
  const render = () => Promise.resolve(Uint8Array.of(1));
  const [derived, other] = [new DerivedImages(images, cache, render), new DerivedImages(images, there, render)];
  await derived.read(image, planOf(100));
  for (const each of [image, kept]) await other.read(each, planOf(200));
  // Another process is making one right now.
  await writeFile(join(folder, "0.part"), "half");
  expect((await derived.listSources()).sort()).toEqual([hash, kept.hash]);

  isGone = true;
  await derived.forget(new Set([hash]));
  expect((await readdir(folder)).sort()).toEqual(["0.part", nameDerived(kept.hash, planOf(200))]);
  expect(await derived.listSources()).toEqual([kept.hash]);
  expect(await other.read(image, planOf(200))).toBeUndefined();
});
