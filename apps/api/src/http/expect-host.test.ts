import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeApolloServer } from "../graphql/apollo.js";
import type { RequestContext } from "../graphql/context.js";
import { bodyOf, exchangeRaw } from "./raw-exchange.fixture.js";
import { makeServer } from "./server.js";

const logged: string[] = [];
const log = pino({}, { write: (line: string) => void logged.push(line) });
const apollo = makeApolloServer(log);
let app: FastifyInstance;

beforeAll(async () => {
  await apollo.start();
  app = await makeServer(log, apollo, () => Promise.resolve({} as RequestContext));
  app.get("/health", () => ({ status: "ok" }));
  await app.listen({ port: 0, host: "127.0.0.1" });
  logged.length = 0;
});
afterAll(async () => {
  await app.close();
  await apollo.stop();
});

const QUERY = '{"query":"{__typename}"}';
const post = (line: string, host = "") =>
  exchangeRaw(
    app,
    `${line}\r\n${host}Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${QUERY.length}\r\n\r\n${QUERY}`,
  );

test.each([
  ["no host", "POST /graphql HTTP/1.0", ""],
  ["no host though it is to be named", "POST /graphql HTTP/1.1", ""],
  ["an empty host", "POST /graphql HTTP/1.1", "Host: \r\n"],
  ["a host of two words", "POST /graphql HTTP/1.1", "Host: a b\r\n"],
  ["half an IPv6 address", "POST /graphql HTTP/1.1", "Host: [::1\r\n"],
  ["a host with a user", "POST /graphql HTTP/1.1", "Host: ann@[::1]\r\n"],
  ["a port that is none", "POST /graphql HTTP/1.1", "Host: here:99999\r\n"],
])("GraphQL refuses %s in its own form, as no fault of the service", async (_name, line, host) => {
  const answer = await post(line, host);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  const message = expect.stringContaining("Host header") as string;
  expect(bodyOf(answer)).toEqual({ errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] });
  expect(logged).toEqual([]);
});

test.each(["Host: here\r\n", "Host: here:4000\r\n", "Host: [::1]:4000\r\n", "Host: 127.0.0.1\r\n"])(
  "GraphQL is asked at %j",
  async (host) => {
    const [answer, old] = await Promise.all([
      post("POST /graphql HTTP/1.1", host),
      post("POST /graphql HTTP/1.0", host),
    ]);
    for (const each of [answer, old]) expect(each).toContain('{"data":{"__typename":"Query"}}');
  },
);

test("elsewhere a malformed host is refused in the form of every route, and none is needed where HTTP knows none", async () => {
  const answer = await exchangeRaw(app, "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n");
  expect(bodyOf(answer)).toMatchObject({ error: { code: "BAD_USER_INPUT" } });
  expect(await exchangeRaw(app, "GET /health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
});

test("the rest of a body is not waited for", async () => {
  const answer = await exchangeRaw(app, "POST /graphql HTTP/1.1\r\nHost: a b\r\nContent-Length: 2\r\n\r\n1");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain("connection: close");
});
