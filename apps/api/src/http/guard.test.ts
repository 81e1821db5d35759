import { EventEmitter, once } from "node:events";
import { request } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import Fastify from "fastify";
import { getIntrospectionQuery } from "graphql";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Caller } from "../keys/index.js";
import { BODY_PATIENCE } from "./expect-body.js";
import { registerGuard } from "./guard.js";

const ANN = "the-key-that-ann-has";
const ROB = "the-key-that-rob-has";
const CALLERS: Readonly<Record<string, Caller>> = {
  [ANN]: { id: "1", name: "ann", role: "admin" },
  [ROB]: { id: "2", name: "rob", role: "reader" },
};
let app = Fastify();
afterEach(() => app.close());

/** A key that could be somebody's. */
const unknown = (name: string): string => `a-key-that-is-nobody's-${name}`;
let lookedUp: string[];

/** A server with a route that nobody opened. */
async function serve(requestsPerMinute: number | null = null, strangerWithin?: number) {
  app = Fastify({ forceCloseConnections: true });
  lookedUp = [];
  const findCaller = async (key: string) => {
    lookedUp.push(key);
    return Promise.resolve(CALLERS[key]);
  };
  await registerGuard(app, {
    ...{ findCaller, requestsPerMinute },
    ...(strangerWithin !== undefined && { bodyPatience: { ...BODY_PATIENCE, strangerWithin } }),
  });
  app.post("/new-route", ({ caller }) => ({ caller: caller?.name }));
  app.get("/health", () => ({ status: "ok" }));
  app.route({ method: ["GET", "POST"], url: "/graphql", handler: ({ caller }) => ({ caller: caller?.name }) });
  return (url: string, key?: string, method: "GET" | "POST" = "POST") =>
    app.inject({ method, url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
}

test("a route that nobody opened is an admin's", async () => {
  const ask = await serve();
  const answers = await Promise.all(
    [undefined, "an-unknown-key-of-somebody", ROB, ANN].map((key) => ask("/new-route", key)),
  );
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 403, 200]);
  expect(answers[0]?.headers["www-authenticate"]).toBe("Bearer");
  expect(answers[1]?.json()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
  expect(answers[2]?.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
  expect(answers[3]?.json()).toEqual({ caller: "ann" });
});

test("an open route asks for no key, and knows whose came all the same", async () => {
  const ask = await serve();
  expect((await ask("/health", undefined, "GET")).statusCode).toBe(200);
  expect((await ask("/graphql", ROB)).json()).toEqual({ caller: "rob" });
  expect((await ask("/graphql", "an-unknown-key-of-somebody")).json()).toEqual({});
});

test("where no key is needed none is looked up and none is counted: such a route answers while no key can be found", async () => {
  const ask = await serve(1);
  for (const key of [unknown("a"), unknown("b"), ANN, ANN]) {
    expect((await ask("/health", key, "GET")).statusCode).toBe(200);
    expect((await ask("/nothing", key)).statusCode).toBe(404);
  }
  expect(lookedUp).toEqual([]);
  expect((await ask("/new-route", unknown("c"))).statusCode).toBe(401);
});

test("what is not there is not found, whoever asks", async () => {
  const ask = await serve();
  expect((await ask("/nothing")).statusCode).toBe(404);
});

test("each key has its own count, and who asks too often is told when to come again", async () => {
  const ask = await serve(2);
  const codes = [];
  for (const key of [ROB, ROB, ROB, ANN]) codes.push((await ask("/graphql", key)).statusCode);
  expect(codes).toEqual([200, 200, 429, 200]);

  const refused = await ask("/graphql", ROB);
  const seconds = Number(refused.headers["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.json()).toMatchObject({
    errors: [{ extensions: { code: "LIMIT_EXCEEDED", retryAfterSeconds: expect.any(Number) as number } }],
  });
  await ask("/new-route", ANN);
  const plain = await ask("/new-route", ANN);
  expect([plain.statusCode, plain.json()]).toMatchObject([429, { error: { code: "LIMIT_EXCEEDED" } }]);
});

test("unknown keys of one address are counted together, with what is asked of GraphQL without a key", async () => {
  const ask = await serve(3);
  expect((await ask("/graphql", ANN)).statusCode).toBe(200);
  const codes = [];
  for (const key of ["a", "b"]) codes.push((await ask("/new-route", unknown(key))).statusCode);
  for (const key of [undefined, undefined, unknown("c"), ANN]) codes.push((await ask("/graphql", key)).statusCode);
  expect(codes).toEqual([401, 401, 200, 429, 429, 200]);
  expect((await ask("/health", undefined, "GET")).statusCode).toBe(200);
});

test("who tries more keys than may be tried is refused before they are looked up; what can be nobody's key never is", async () => {
  const ask = await serve(2);
  for (const key of ["a", "b", "c", "d"]) await ask("/graphql", unknown(key));
  await ask("/new-route", "short");
  expect(lookedUp).toEqual([unknown("a"), unknown("b")]);
});

test.each([
  ["a long body", { "content-length": String(64 * 1024 + 1) }],
  ["a body of untold length", { "transfer-encoding": "chunked" }],
])("without a known key %s is refused before it is read; with one it is read", async (_name, header) => {
  await serve();
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const ask = (key: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...header };
      const call = request(`${address}/graphql`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on("error", reject);
      // With a key the answer waits for the rest of the body.
      if (key === ANN) call.end(JSON.stringify("x".repeat(64 * 1024 - 1)));
      else call.flushHeaders();
    });
  expect([await ask(unknown("a")), await ask(ANN)]).toEqual([401, 200]);
});

test("without a known key a query has few tokens, which is room for the whole schema; with one it has many", async () => {
  await serve();
  const ask = async (query: string, key: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const posted = await app.inject({ method: "POST", url: "/graphql", headers, payload: { query } });
    const got = await app.inject({ method: "GET", url: "/graphql", headers, query: { query } });
    return [posted, got];
  };
  const schema = getIntrospectionQuery({
    typeDepth: 30,
    inputValueDeprecation: true,
    oneOf: true,
    specifiedByUrl: true,
  });
  const long = `{ ${"a ".repeat(499)}}`;
  const answers = (await Promise.all([ask(schema, unknown("a")), ask(long, ANN), ask(long, unknown("a"))])).flat();
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 401, 401]);
  const message = expect.stringContaining("at most 500 tokens") as string;
  expect(answers.at(-1)?.json()).toEqual({ errors: [{ message, extensions: { code: "UNAUTHENTICATED" } }] });
});

test("without a known key a body that does not come ends the connection; with one it is waited for", async () => {
  await serve(null, 20);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const known = await beginBody("/graphql", ANN);
  for (const [url, key] of [
    ["/graphql", unknown("a")],
    ["/graphql", undefined],
    ["/new-route", undefined],
    ["/nothing", undefined],
  ] as const) {
    const stalled = await beginBody(url, key);
    await untilClosed(stalled);
  }
  known.write('"');
  const [answer] = (await once(known, "data")) as [Buffer];
  expect(answer.toString()).toContain("200 OK");
  known.destroy();
});

describe("with a known key", () => {
  const WHILE_BUSY = { timeout: 10_000 };
  afterEach(() => vi.useRealTimers());

  /** Nothing but the minute of silence is on the clock. */
  async function serveOutOfTime() {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await serve();
  }

  async function seenByServer() {
    const [socket] = (await once(app.server, "connection")) as [Socket];
    return socket;
  }

  test("a body of which nothing comes any more ends the connection", async () => {
    await serveOutOfTime();
    await app.listen({ port: 0, host: "127.0.0.1" });
    const connection = seenByServer();
    const silent = await beginBody("/graphql", ANN);
    const socket = await connection;
    await vi.waitUntil(() => socket.bytesRead === silent.bytesWritten, WHILE_BUSY);
    vi.advanceTimersByTime(2 * BODY_PATIENCE.silence);
    await untilClosed(silent);
  });

  test("a body that comes slowly is waited for", async () => {
    await serveOutOfTime();
    await app.listen({ port: 0, host: "127.0.0.1" });
    const connection = seenByServer();
    const slow = await beginBody("/graphql", ANN, 10);
    const socket = await connection;
    for (let byte = 2; byte < 10; byte++) {
      const before = socket.bytesRead;
      slow.write("1");
      await vi.waitUntil(() => socket.bytesRead > before, WHILE_BUSY);
      vi.advanceTimersByTime(BODY_PATIENCE.silence);
    }
    slow.write('"');
    const [answer] = (await once(slow, "data")) as [Buffer];
    expect(answer.toString()).toContain("200 OK");
    slow.destroy();
  });

  test("a body that came whole is nobody's silence, though nothing has read it yet", async () => {
    await serveOutOfTime();
    const reading = new EventEmitter();
    const onRequest = async () => {
      await once(reading, "begin");
    };
    app.post("/slow", { onRequest }, () => ({}));
    await app.listen({ port: 0, host: "127.0.0.1" });
    const connection = seenByServer();
    const asking = await beginBody("/slow", ANN);
    const socket = await connection;
    asking.write('"');
    await vi.waitUntil(() => socket.bytesRead === asking.bytesWritten, WHILE_BUSY);
    vi.advanceTimersByTime(5 * BODY_PATIENCE.silence);
    reading.emit("begin");
    const [answer] = (await once(asking, "data")) as [Buffer];
    expect(answer.toString()).toContain("200 OK");
    await vi.waitUntil(() => vi.getTimerCount() === 0, WHILE_BUSY);
    asking.destroy();
  });
});

/** However it is: what the server has not read when it destroys its end is told as an error before. */
function untilClosed(socket: Socket): Promise<void> {
  socket.on("error", () => undefined);
  return new Promise((resolve) => (socket.destroyed ? resolve() : socket.once("close", () => resolve())));
}

/** Sends the first of so many bytes, once the server has seen what comes before. */
async function beginBody(url: string, key: string | undefined, length = 2) {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  const authorization = key === undefined ? [] : [`Authorization: Bearer ${key}`];
  const head = [`POST ${url} HTTP/1.1`, "Host: here", ...authorization, "Content-Type: application/json"];
  socket.write([...head, `Content-Length: ${length}`, "Expect: 100-continue", "", ""].join("\r\n"));
  await once(socket, "data");
  socket.resume();
  socket.write('"');
  return socket;
}
