import { expect, test } from "vitest";
import { Releasers } from "./releasers.js";

test("what was opened last is closed first, and once", async () => {
  const closed: string[] = [];
  const releasers = new Releasers();
  releasers.add(() => void closed.push("database"));
  releasers.add(() => void closed.push("server"));
  await Promise.all([releasers.release(), releasers.release()]);
  expect(closed).toEqual(["server", "database"]);
});

test("a part that cannot be closed keeps no other part open", async () => {
  const closed: string[] = [];
  const releasers = new Releasers();
  releasers.add(() => void closed.push("database"));
  releasers.add(() => Promise.reject(new Error("the server hangs")));
  await expect(releasers.release()).rejects.toThrow(AggregateError);
  expect(closed).toEqual(["database"]);
});
