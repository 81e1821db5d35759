import type { ImageHash } from "@facet/domain";
import { beforeEach, expect, test } from "vitest";
import type { ChangeKind, ChangeListener } from "../changes/change-feed.js";
import { CandidateCache } from "./candidate-cache.js";
import type { EncodedCandidate } from "./candidate-reader.js";

/** What the database was asked for. */
let asked: string[][];
/** The state of each video in the database. */
let revision: number;
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
    const sets = new Map(videoIds.filter((id) => id !== "empty").map((id) => [id, [candidate(`${id} ${revision}`)]]));
    duringRead();
    return Promise.resolve(sets);
  },
};
const read = async (cache: CandidateCache, ...videoIds: readonly string[]) => {
  const sets = await cache.readEncoded(videoIds);
  return new Map([...sets].map(([videoId, candidates]) => [videoId, candidates.map(({ id }) => id)]));
};

beforeEach(() => {
  [asked, listeners, revision, isCurrent] = [[], [], 1, true];
  duringRead = () => undefined;
});

test("only what is not kept is read, and all of it at once", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  const sets = await read(cache, "b", "a", "c", "empty");
  expect(sets).toEqual(new Map([["a", ["a 1"]], ["b", ["b 1"]], ["c", ["c 1"]]])); // prettier-ignore
  await read(cache, "c", "b");
  expect(asked).toEqual([["a"], ["b", "c", "empty"]]);
});

test("a set goes at any change of its video, also at one that comes while it is being read", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  revision = 2;
  expect(await read(cache, "a")).toEqual(new Map([["a", ["a 1"]]]));
  change("video", "a");
  duringRead = () => change("video", "a");
  expect(await read(cache, "a")).toEqual(new Map([["a", ["a 2"]]]));
  duringRead = () => undefined;
  revision = 3;
  expect(await read(cache, "a")).toEqual(new Map([["a", ["a 3"]]]));
  change("viewer", "a");
  revision = 4;
  expect(await read(cache, "a")).toEqual(new Map([["a", ["a 3"]]]));
});

test("while nobody vouches for what is kept, everything is read anew", async () => {
  const cache = new CandidateCache(reader, feed, 10_000);
  await read(cache, "a");
  [isCurrent, revision] = [false, 2];
  expect(await read(cache, "a")).toEqual(new Map([["a", ["a 2"]]]));
});

test("no more is kept than there is room for", async () => {
  const cache = new CandidateCache(reader, feed, 1200);
  await read(cache, "a", "b", "c");
  await read(cache, "b", "c");
  expect(asked).toEqual([["a", "b", "c"]]);
  await read(cache, "a");
  expect(asked).toHaveLength(2);
});
