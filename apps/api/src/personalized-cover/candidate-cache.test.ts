import type { ImageHash } from "@facet/domain";
import { beforeEach, expect, test } from "vitest";
import type { ChangeKind, ChangeListener } from "../changes/change-feed.js";
import { CandidateCache } from "./candidate-cache.js";
import type { EncodedCandidate } from "./candidate-reader.js";

/** What the database was asked for. */
let asked: string[][];
/** The state of every video in the database. */
let rulesRevision: number;
let isCurrent: boolean;
let listeners: ChangeListener[];
let duringRead: () => void;

const feed = {
  isCurrent: () => isCurrent,
  isListening: () => true,
  subscribe: (listener: ChangeListener) => {
    listeners.push(listener);
    return () => undefined;
  },
};
const change = (kind: ChangeKind, id: string) => listeners.forEach((listener) => listener.changed(kind, id));

const candidate = (id: string): EncodedCandidate => ({
  ...{ id, timestampMs: 0, qualityScore: 1, imageHash: "0f".repeat(32) as ImageHash, feature: new Float32Array(10) },
});
const reader = {
  readEncoded: (videoIds: readonly string[]) => {
    asked.push([...videoIds]);
    const here = videoIds.filter((id) => id !== "empty");
    const setOf = (id: string) => ({
      videoRevision: 1,
      rulesRevision,
      candidates: [candidate(`${id} ${rulesRevision}`)],
    });
    const sets = new Map(here.map((id) => [id, setOf(id)]));
    duringRead();
    return Promise.resolve(sets);
  },
};
/** Ids of the candidates that are read, of videos in the state that they have in the database. */
const read = (cache: CandidateCache, ...videoIds: readonly string[]) => readOf(cache, rulesRevision, ...videoIds);
const readOf = async (cache: CandidateCache, wanted: number, ...videoIds: readonly string[]) => {
  const scopes = videoIds.map((videoId) => ({ videoId, videoRevision: 1, rulesRevision: wanted }));
  const sets = await cache.read(scopes);
  return Object.fromEntries([...sets].map(([videoId, candidates]) => [videoId, candidates.map(({ id }) => id).join()]));
};

beforeEach(() => {
  [asked, listeners, rulesRevision, isCurrent] = [[], [], 1, true];
  duringRead = () => undefined;
});

test("only what is not kept is read, and all of it at once", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  expect(await read(cache, "b", "a", "c", "empty")).toEqual({ a: "a 1", b: "b 1", c: "c 1" });
  await read(cache, "c", "b");
  expect(asked).toEqual([["a"], ["b", "c", "empty"]]);
});

test("a set goes at any change of its video, also at one that comes while it is being read", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  change("viewer", "a");
  await read(cache, "a");
  expect(asked).toHaveLength(1);
  change("video", "a");
  duringRead = () => change("video", "a");
  await read(cache, "a");
  duringRead = () => undefined;
  await read(cache, "a");
  expect(asked).toHaveLength(3);
  await read(cache, "a");
  expect(asked).toHaveLength(3);
});

test("a change that is not heard of yet is known by the revision that is asked for", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  rulesRevision = 2;
  expect(await readOf(cache, 2, "a")).toEqual({ a: "a 2" });
  expect(asked).toHaveLength(2);
});

test("a set that has become another than the one that is asked for is left out", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  rulesRevision = 2;
  expect(await readOf(cache, 1, "a")).toEqual({});
  expect(await readOf(cache, 2, "a")).toEqual({ a: "a 2" });
});

test("while nobody vouches for what is kept, everything is read anew", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  isCurrent = false;
  await read(cache, "a");
  expect(asked).toHaveLength(2);
});

test("no more is kept than there is room for", async () => {
  const cache = new CandidateCache(reader, feed, 1200);
  await read(cache, "a", "b", "c");
  await read(cache, "b", "c");
  expect(asked).toHaveLength(1);
  await read(cache, "a");
  expect(asked).toHaveLength(2);
});
