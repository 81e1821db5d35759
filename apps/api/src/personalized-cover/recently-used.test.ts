import { expect, test, vi } from "vitest";
import { RecentlyUsed } from "./recently-used.js";

test("a value is made once, also for those who ask while it is being made", async () => {
  const make = vi.fn(() => Promise.resolve("description"));
  const cache = new RecentlyUsed<string>(2);
  expect(await Promise.all([cache.get("a", make), cache.get("a", make)])).toEqual(["description", "description"]);
  await cache.get("a", make);
  expect(make).toHaveBeenCalledTimes(1);
});

test("the least recently used value goes first", async () => {
  const make = vi.fn((value: string) => Promise.resolve(value));
  const cache = new RecentlyUsed<string>(2);
  const get = (key: string) => cache.get(key, () => make(key));
  for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
  expect(make.mock.calls.flat()).toEqual(["a", "b", "c", "b"]);
});

test("a failure is not kept", async () => {
  const cache = new RecentlyUsed<string>(2);
  await expect(cache.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await cache.get("a", () => Promise.resolve("yes"))).toBe("yes");
});

test("what is dropped is made anew, and a value being made is not kept", async () => {
  const make = vi.fn((value: string) => Promise.resolve(value));
  const cache = new RecentlyUsed<string>(4);
  const get = (key: string) => cache.get(key, () => make(key));
  let finish: (value: string) => void = () => undefined;
  const waiting = cache.get("ann 2", () => new Promise((resolve) => (finish = resolve)));
  for (const key of ["ann 1", "bob 1"]) await get(key);
  cache.drop((key) => key.startsWith("ann"));
  finish("late");
  expect(await waiting).toBe("late");
  for (const key of ["ann 1", "ann 2", "bob 1"]) await get(key);
  expect(make.mock.calls.flat()).toEqual(["ann 1", "bob 1", "ann 1", "ann 2"]);
});
