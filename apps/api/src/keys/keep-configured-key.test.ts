import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { ApiKeys, authenticate, ensureFirstAdminKey } from "./index.js";

const ONE = "one-key-of-my-own";
const ANOTHER = "another-key-of-mine";
let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const configure = (key: string) => ensureFirstAdminKey(database.prisma, key);
const roleOf = async (key: string) => (await authenticate(database.prisma, key))?.role;
const readRows = () => database.prisma.apiKey.findMany({ orderBy: { name: "asc" } });

test("a configured key is an admin's, and stays the one it was at the next start", async () => {
  expect(await configure(ONE)).toEqual({ kind: "configured", replaced: [] });
  const rows = await readRows();
  expect(rows).toMatchObject([{ name: "configured admin key", role: "admin" }]);
  expect(await configure(ONE)).toEqual({ kind: "configured", replaced: [] });
  expect(await readRows()).toEqual(rows);
});

test("another value takes the place of the former one, whose row stays with its name and its hash", async () => {
  await configure(ONE);
  const [former] = await readRows();
  expect(await configure(ANOTHER)).toEqual({ kind: "configured", replaced: ["configured admin key"] });
  expect(await readRows()).toMatchObject([
    { ...former, revokedAt: expect.any(Date) as Date },
    { name: "configured admin key 2", role: "admin", revokedAt: null },
  ]);
  expect([await roleOf(ONE), await roleOf(ANOTHER)]).toEqual([undefined, "admin"]);
});

test("a value that was replaced is not taken again, and the one in its place stays", async () => {
  await configure(ONE);
  await configure(ANOTHER);
  await expect(configure(ONE)).rejects.toMatchObject({ code: "ADMIN_KEY_REVOKED" });
  await expect(configure(ONE)).rejects.toThrow("another value of FACET_ADMIN_KEY took its place");
  expect(await roleOf(ANOTHER)).toBe("admin");
});

test("a revoked key stays revoked, whatever is configured after it", async () => {
  await configure(ONE);
  const revoked = await new ApiKeys(database.prisma).revoke("configured admin key");
  expect(await configure(ANOTHER)).toEqual({ kind: "configured", replaced: [] });
  await expect(configure(ONE)).rejects.toMatchObject({ code: "ADMIN_KEY_REVOKED" });
  expect(await readRows()).toMatchObject([revoked, { name: "configured admin key 2", revokedAt: null }]);
});

test("an admin's key that was made here may be configured, keeps its name, and stays when another one comes", async () => {
  const { key } = await new ApiKeys(database.prisma).create("ops", "admin");
  await configure(ONE);
  expect(await configure(key)).toEqual({ kind: "configured", replaced: ["configured admin key"] });
  expect(await configure(ANOTHER)).toEqual({ kind: "configured", replaced: [] });
  expect([await roleOf(ONE), await roleOf(key), await roleOf(ANOTHER)]).toEqual([undefined, "admin", "admin"]);
});

test("a reader's key cannot be configured: it stays a reader's, and the configured one stays", async () => {
  const { key } = await new ApiKeys(database.prisma).create("web", "reader");
  await configure(ONE);
  const rows = await readRows();
  await expect(configure(key)).rejects.toMatchObject({ code: "CANNOT_START" });
  await expect(configure(key)).rejects.toThrow('FACET_ADMIN_KEY is the key "web"');
  expect(await readRows()).toEqual(rows);
});

test("of several that start at once with the same new value, none fails and one replaces the former one", async () => {
  await configure(ONE);
  const started = await Promise.all([1, 2, 3, 4].map(() => configure(ANOTHER)));
  const replaced = started.flatMap((each) => (each.kind === "configured" ? each.replaced : [each.kind]));
  expect(replaced).toEqual(["configured admin key"]);
  expect(await readRows()).toHaveLength(2);
});

test("of several that start at once with different values, one is left", async () => {
  const keys = [1, 2, 3, 4].map((number) => `${ANOTHER}-${number}`);
  await Promise.all(keys.map(configure));
  const roles = await Promise.all(keys.map(roleOf));
  expect(roles.filter((role) => role === "admin")).toHaveLength(1);
});
