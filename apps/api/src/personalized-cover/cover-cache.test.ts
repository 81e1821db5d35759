import { beforeEach, expect, test } from "vitest";
import type { ChangeKind, ChangeListener } from "../changes/change-feed.js";
import type { Video } from "../generated/prisma/client.js";
import { CoverCache } from "./cover-cache.js";
import type { CoverDecision } from "./cover-decision.js";
import type { VideoRules } from "./cover-grounds.js";
import type { StoredCovers } from "./stored-covers.js";

/** What the database was asked for: whose covers, and of how many videos. */
let asked: [userId: string, videos: number][];
/** Of every video in the database: its decisions are of it, whoever they were made for. */
let rulesRevision: number;
let listeners: ChangeListener[];

const feed = {
  isCurrent: () => true,
  isListening: () => true,
  subscribe: (listener: ChangeListener) => {
    listeners.push(listener);
    return () => undefined;
  },
};
const change = (kind: ChangeKind, id: string) => listeners.forEach((listener) => listener.changed(kind, id));

const viewer = { historyVersion: 1, hasLikes: true, optedOut: false, since: new Date(0) };
const store = {
  read: (userId: string, videoIds: readonly string[], modelVersion: string): Promise<StoredCovers> => {
    asked.push([userId, videoIds.length]);
    const decide = (videoId: string) =>
      ({
        ...{ decisionId: `${userId} ${videoId} ${modelVersion} ${rulesRevision}`, videoId, userId, modelVersion },
        candidates: [],
      }) as unknown as CoverDecision;
    const videos = videoIds.map((id) => [id, { id, rulesRevision } as Video & VideoRules] as const);
    const decisions = videoIds.map((id) => [id, decide(id)] as const);
    return Promise.resolve({ viewer, videos: new Map(videos), decisions: new Map(decisions) });
  },
};
const openCache = () => new CoverCache(store, feed, 100_000_000);
const read = async (cache: CoverCache, userId: string, videoIds: readonly string[], modelVersion = "m-1") => {
  const { decisions } = await cache.read(userId, videoIds, modelVersion);
  return videoIds.map((id) => decisions.get(id)?.decisionId);
};

beforeEach(() => {
  [asked, listeners, rulesRevision] = [[], [], 0];
});

test("a page is read once, and anew where one of its videos is not there", async () => {
  const cache = openCache();
  const page = await read(cache, "ann", ["a", "b"]);
  expect(await read(cache, "ann", ["b", "a"])).toEqual(page.toReversed());
  expect(asked).toEqual([["ann", 2]]);
  await read(cache, "ann", ["a", "c"]);
  expect(asked).toEqual([
    ["ann", 2],
    ["ann", 2],
  ]);
});

test("what was decided before its video changed is not given, also where another viewer's cover has brought the video back", async () => {
  const cache = openCache();
  for (const userId of ["ann", "bob"]) await read(cache, userId, ["a"]);
  rulesRevision = 1;
  change("video", "a");
  expect(await read(cache, "bob", ["a"])).toEqual(["bob a m-1 1"]);
  expect(await read(cache, "ann", ["a"])).toEqual(["ann a m-1 1"]);
});

test("a viewer's decisions go with any change of it, and nobody else's do", async () => {
  const cache = openCache();
  for (const userId of ["ann", "bob"]) await read(cache, userId, ["a"]);
  change("viewer", "ann");
  for (const userId of ["ann", "bob"]) await read(cache, userId, ["a"]);
  expect(asked.map(([userId]) => userId)).toEqual(["ann", "bob", "ann"]);
});

test("a decision by another model than the one that is asked for is not given", async () => {
  const cache = openCache();
  await read(cache, "ann", ["a"]);
  expect(await read(cache, "ann", ["a"], "m-2")).toEqual(["ann a m-2 0"]);
});

test("of one viewer some thousand covers are kept: beyond, they begin anew", async () => {
  const cache = openCache();
  const pages = [0, 1, 2].map((page) => Array.from({ length: 600 }, (_, place) => `${page}, ${place}`));
  for (const page of pages) await read(cache, "ann", page);
  for (const page of pages.toReversed()) await read(cache, "ann", page);
  // The last is there; the two before it went when it came.
  expect(asked).toHaveLength(5);
});
