import { beforeEach, expect, test } from "vitest";
import type { ChangeKind, ChangeListener } from "./change-feed.js";
import { HeardCache } from "./heard-cache.js";

interface Note {
  readonly text: string;
}
const note = (text: string): Note => ({ text });

let isCurrent: boolean;
let isListening: boolean;
const listeners: ChangeListener[] = [];
const feed = {
  isCurrent: () => isCurrent,
  isListening: () => isListening,
  subscribe: (listener: ChangeListener) => {
    listeners.push(listener);
    return () => undefined;
  },
};
const change = (kind: ChangeKind, id?: string) => listeners.forEach((listener) => listener.changed(kind, id));
const lose = () => listeners.forEach((listener) => listener.lost());
const makeCache = (maxBytes = 100) =>
  new HeardCache<Note>(feed, { kind: "viewer", maxBytes, bytesOf: ({ text }) => text.length });

function keep(cache: HeardCache<Note>, ...ids: readonly string[]): void {
  const reading = cache.begin();
  for (const id of ids) reading.keep(id, note(`of ${id}`));
  reading.end();
}

beforeEach(() => {
  [isCurrent, isListening] = [true, true];
  listeners.length = 0;
});

test("a value stays until its own change is heard", () => {
  const cache = makeCache();
  keep(cache, "ann", "bob");
  change("viewer", "ann");
  change("video", "bob");
  expect([cache.get("ann"), cache.get("bob")]).toEqual([undefined, note("of bob")]);
});

test("what changes while it is being read is not kept: what was read may be the state before", () => {
  const cache = makeCache();
  const reading = cache.begin();
  change("viewer", "ann");
  expect(reading.keep("ann", note("old"))).toBeUndefined();
  expect(reading.keep("bob", note("new"))).toEqual(note("new"));
  expect([cache.get("ann"), cache.get("bob")]).toEqual([undefined, note("new")]);
});

test.each([["all of the kind changes", () => change("viewer")] as const, ["the feed is lost", lose] as const])(
  "where %s everything goes, and nothing that is being read is kept",
  (_, happen) => {
    const cache = makeCache();
    keep(cache, "ann");
    const reading = cache.begin();
    happen();
    expect(reading.keep("bob", note("new"))).toBeUndefined();
    expect([cache.get("ann"), cache.get("bob")]).toEqual([undefined, undefined]);
  },
);

test("what is read while nobody listens is not kept, even if somebody listens at the end", () => {
  const cache = makeCache();
  isListening = false;
  const reading = cache.begin();
  isListening = true;
  expect(reading.keep("ann", note("old"))).toBeUndefined();
});

test("while the feed is not current nothing is given out, and nothing is lost by that", () => {
  const cache = makeCache();
  keep(cache, "ann");
  isCurrent = false;
  expect(cache.get("ann")).toBeUndefined();
  isCurrent = true;
  expect(cache.get("ann")).toEqual(note("of ann"));
});

test("the least recently used goes where there is no more room", () => {
  const cache = makeCache(12);
  keep(cache, "ann", "bob");
  cache.get("ann");
  keep(cache, "cat");
  expect(["ann", "bob", "cat"].map((id) => cache.get(id) !== undefined)).toEqual([true, false, true]);
});

test("a value that is kept already stays the same object", () => {
  const cache = makeCache();
  keep(cache, "ann");
  const kept = cache.get("ann");
  expect(cache.begin().keep("ann", note("of ann"))).toBe(kept);
});

test("a cache without room keeps nothing", () => {
  const cache = makeCache(0);
  keep(cache, "ann");
  expect(cache.get("ann")).toBeUndefined();
});
