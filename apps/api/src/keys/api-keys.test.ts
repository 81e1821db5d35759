import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { ApiKeys, authenticate, ensureFirstAdminKey, keepSecret } from "./index.js";

let database: Database;
let keys: ApiKeys;
beforeAll(async () => {
  database = await openTestDatabase();
  keys = new ApiKeys(database.prisma);
});
afterAll(() => database.close());

test("a key is given when it is made, and only its hash is kept", async () => {
  const { key, facts } = await keys.create("web", "reader");
  expect(facts).toMatchObject({ name: "web", role: "reader", lastUsedAt: null, revokedAt: null });
  expect(await authenticate(database.prisma, key)).toEqual({ id: facts.id, name: "web", role: "reader" });
  expect(JSON.stringify([await keys.list(), await database.prisma.apiKey.findMany()])).not.toContain(key);
  expect(JSON.stringify(await keys.list())).not.toContain("hash");
});

test.each([
  ["by its name", "by its name"],
  ["by its id", undefined],
])("a key that is revoked %s opens nothing from then on, and stays in the list", async (name, by) => {
  const { key, facts } = await keys.create(name, "admin");
  const revoked = await keys.revoke(by ?? facts.id);
  expect(revoked.revokedAt).toBeInstanceOf(Date);
  expect(await authenticate(database.prisma, key)).toBeUndefined();
  expect(await keys.revoke(name)).toEqual(revoked);
  expect((await keys.list()).map((each) => each.id)).toContain(facts.id);
  await expect(keys.create(name, "reader")).rejects.toMatchObject({ code: "KEY_EXISTS" });
});

test("what is no key cannot be revoked", async () => {
  for (const name of ["nobody's", "", "00000000-0000-7000-8000-000000000000"]) {
    await expect(keys.revoke(name)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
  }
});

const CONFIGURED = ["configured admin key", "configured admin key 2"];
test.each(["", "x".repeat(129), "a\nb", "00000000-0000-7000-8000-000000000000", ...CONFIGURED])(
  "%j is no name of a key",
  async (name) => {
    const before = await keys.list();
    await expect(keys.create(name, "reader")).rejects.toMatchObject({ code: "INVALID_KEY_NAME" });
    expect(await keys.list()).toEqual(before);
  },
);

test("the use of a key is written down at most once a minute", async () => {
  const { key, facts } = await keys.create("busy", "reader");
  const used = async () =>
    (await database.prisma.apiKey.findUniqueOrThrow({ where: { id: facts.id } })).lastUsedAt?.getTime();
  await authenticate(database.prisma, key);
  const first = await used();
  await authenticate(database.prisma, key);
  expect(await used()).toBe(first);
  const lastUsedAt = new Date((first ?? 0) - 61_000);
  await database.prisma.apiKey.update({ where: { id: facts.id }, data: { lastUsedAt } });
  await authenticate(database.prisma, key);
  expect(await used()).toBeGreaterThan(lastUsedAt.getTime());
});

test("where every admin key is revoked the next start makes another, and a revoked one cannot be configured", async () => {
  const first = await ensureFirstAdminKey(database.prisma);
  if (first.kind !== "made") throw new Error(first.kind);
  await keys.revoke("first admin key");
  const second = await ensureFirstAdminKey(database.prisma);
  expect(second.kind).toBe("made");
  await expect(ensureFirstAdminKey(database.prisma, first.key)).rejects.toMatchObject({ code: "ADMIN_KEY_REVOKED" });
});

test("a secret is made once, and the same for all who ask at once and later", async () => {
  const asked = await Promise.all([1, 2, 3].map(() => keepSecret(database.prisma, "a")));
  const again = await keepSecret(database.prisma, "a");
  expect(new Set([...asked, again].map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
  expect(again).toHaveLength(32);
  expect(Buffer.from(await keepSecret(database.prisma, "b"))).not.toEqual(Buffer.from(again));
});
