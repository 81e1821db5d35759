import Fastify from "fastify";
import { afterEach, expect, test } from "vitest";
import type { Caller } from "../keys/index.js";
import { registerGuard } from "./guard.js";

const CALLERS: Readonly<Record<string, Caller>> = {
  ann: { id: "1", name: "ann", role: "admin" },
  rob: { id: "2", name: "rob", role: "reader" },
};
let app = Fastify();
afterEach(() => app.close());

/** A server with a route that nobody opened. */
async function serve(requestsPerMinute: number | null = null) {
  app = Fastify();
  await registerGuard(app, { findCaller: (key) => Promise.resolve(CALLERS[key]), requestsPerMinute });
  app.post("/new-route", ({ caller }) => ({ caller: caller?.name }));
  app.get("/health", () => ({ status: "ok" }));
  app.post("/graphql", ({ caller }) => ({ caller: caller?.name }));
  return (url: string, key?: string, method: "GET" | "POST" = "POST") =>
    app.inject({ method, url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
}

test("a route that nobody opened is an admin's", async () => {
  const ask = await serve();
  const answers = await Promise.all([undefined, "unknown", "rob", "ann"].map((key) => ask("/new-route", key)));
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 403, 200]);
  expect(answers[0]?.headers["www-authenticate"]).toBe("Bearer");
  expect(answers[1]?.json()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  expect(answers[2]?.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
  expect(answers[3]?.json()).toEqual({ caller: "ann" });
});

test("an open route asks for no key, and knows whose came all the same", async () => {
  const ask = await serve();
  expect((await ask("/health", undefined, "GET")).statusCode).toBe(200);
  expect((await ask("/graphql", "rob")).json()).toEqual({ caller: "rob" });
  expect((await ask("/graphql", "unknown")).json()).toEqual({});
});

test("what is not there is not found, whoever asks", async () => {
  const ask = await serve();
  expect((await ask("/nothing")).statusCode).toBe(404);
});

test("each key has its own count, and who asks too often is told when to come again", async () => {
  const ask = await serve(2);
  const codes = [];
  for (const key of ["rob", "rob", "rob", "ann"]) codes.push((await ask("/graphql", key)).statusCode);
  expect(codes).toEqual([200, 200, 429, 200]);

  const refused = await ask("/graphql", "rob");
  const seconds = Number(refused.headers["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.json()).toMatchObject({
    errors: [{ extensions: { code: "LIMIT_EXCEEDED", retryAfterSeconds: expect.any(Number) as number } }],
  });
  await ask("/new-route", "ann");
  const plain = await ask("/new-route", "ann");
  expect([plain.statusCode, plain.json()]).toMatchObject([429, { error: { code: "LIMIT_EXCEEDED" } }]);
});

test("unknown keys of one address are counted together, with what is asked of GraphQL without a key", async () => {
  const ask = await serve(3);
  const codes = [];
  for (const key of ["a", "b"]) codes.push((await ask("/new-route", key)).statusCode);
  for (const key of [undefined, undefined, "c", "ann"]) codes.push((await ask("/graphql", key)).statusCode);
  expect(codes).toEqual([401, 401, 200, 429, 429, 200]);
  expect((await ask("/health", undefined, "GET")).statusCode).toBe(200);
});
