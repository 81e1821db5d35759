import { afterAll, beforeAll, expect, test } from "vitest";
import { makeLog } from "../../apps/api/src/log.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";

const ANOTHER = "another-admin-key-for-tests";
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

test("a process that starts with another admin key says that the former one was revoked, and it is in all of them", async () => {
  const query = "{ videos { nodes { id } } }";
  expect((await service.client.ask(query)).errors).toBeUndefined();
  let logged = "";
  const log = makeLog("warn", { write: (line: string) => void (logged += line) });
  const environment = { DATABASE_URL: service.connectionString, FACET_ADMIN_KEY: ANOTHER, FACET_ROLES: "worker" };
  const other = await startTestService(environment, undefined, {}, log);
  await other.close();

  expect(logged).toContain("FACET_ADMIN_KEY");
  expect(logged).toContain('"revoked":["configured admin key"]');
  expect(logged).not.toContain(ANOTHER);
  await service.changes.settle();
  expect((await service.client.ask(query)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  expect((await service.client.withKey(ANOTHER).ask(query)).errors).toBeUndefined();
});
