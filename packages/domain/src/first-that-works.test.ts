import { expect, test } from "vitest";
import { firstThatWorks } from "./first-that-works.js";

const candidates = [{ name: "one" }, { name: "two" }, { name: "three" }];

test("the first that works is taken, and those before it say why not in one line", async () => {
  const choice = await firstThatWorks(candidates, ({ name }) =>
    name === "two" ? Promise.resolve(2) : Promise.reject(new Error(`no ${name}\nstack`)),
  );
  expect(choice).toEqual({ found: true, name: "two", result: 2, skipped: [{ name: "one", reason: "no one" }] });
});

test("where none works every one says why", async () => {
  const choice = await firstThatWorks(candidates, ({ name }) => Promise.reject(new Error(name)));
  expect(choice.found).toBe(false);
  expect(choice.skipped.map(({ reason }) => reason)).toEqual(["one", "two", "three"]);
});

test("a fatal error ends the search", async () => {
  const searching = firstThatWorks(
    candidates,
    () => Promise.reject(new RangeError("all alike")),
    (error) => error instanceof RangeError,
  );
  await expect(searching).rejects.toThrow("all alike");
});
