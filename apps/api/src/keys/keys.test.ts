import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { authenticate, ensureFirstAdminKey } from "./index.js";
import { hashKey } from "./key-hash.js";

let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

test("the first start makes an admin key, of which only the hash is kept", async () => {
  const first = await ensureFirstAdminKey(database.prisma);
  if (first.kind !== "made") throw new Error(first.kind);
  expect(first.key).toMatch(/^facet_[\w-]{43}$/);
  expect(await authenticate(database.prisma, first.key)).toMatchObject({ role: "admin" });
  expect(JSON.stringify(await database.prisma.apiKey.findMany())).not.toContain(first.key);
});

test("the next start makes none", async () => {
  await ensureFirstAdminKey(database.prisma);
  expect(await ensureFirstAdminKey(database.prisma)).toEqual({ kind: "exists" });
});

test("of several first starts at once, one makes a key", async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => ensureFirstAdminKey(database.prisma)));
  expect(made.map(({ kind }) => kind).sort()).toEqual(["exists", "exists", "exists", "made"]);
});

test("a first key is made under another name where a person has given its own to a reader's key", async () => {
  for (const name of ["first admin key", "first admin key 2"]) {
    await database.prisma.apiKey.create({ data: { name, role: "reader", hash: hashKey(name) } });
  }
  const first = await ensureFirstAdminKey(database.prisma);
  if (first.kind !== "made") throw new Error(first.kind);
  expect(await authenticate(database.prisma, first.key)).toMatchObject({ role: "admin", name: "first admin key 3" });
});

test("a key that was made may be configured later, and stays the one it was", async () => {
  const first = await ensureFirstAdminKey(database.prisma);
  if (first.kind !== "made") throw new Error(first.kind);
  await ensureFirstAdminKey(database.prisma, first.key);
  expect(await database.prisma.apiKey.count()).toBe(1);
});

test("a reader's key is a reader's", async () => {
  await database.prisma.apiKey.create({ data: { name: "web", role: "reader", hash: hashKey("k") } });
  expect(await authenticate(database.prisma, "k")).toMatchObject({ name: "web", role: "reader" });
});

test.each(["", "facet_", "k".repeat(512)])("no one has the key %j", async (key) => {
  await ensureFirstAdminKey(database.prisma);
  expect(await authenticate(database.prisma, key)).toBeUndefined();
});

test("the use of a key is noted", async () => {
  await ensureFirstAdminKey(database.prisma, "one-key-of-my-own");
  await authenticate(database.prisma, "one-key-of-my-own");
  const { lastUsedAt } = await database.prisma.apiKey.findFirstOrThrow();
  expect(lastUsedAt).toBeInstanceOf(Date);
});
