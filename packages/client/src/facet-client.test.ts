import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FacetClient, FacetOptionError, FacetRequestError, FacetUserError } from "./index.js";

type Answer = (response: ServerResponse) => void;

let server: Server;
let answers: Answer[];
let requests: {
  readonly path: string;
  readonly key: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}[];
let client: FacetClient;

beforeEach(async () => {
  answers = [];
  requests = [];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  client = new FacetClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, key: "a-key" });
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const { authorization: key, "content-type": type } = request.headers;
  requests.push({ path: request.url ?? "", key, type, body: Buffer.concat(pieces).toString() });
  answers.shift()?.(response);
}

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
const hangUp: Answer = (response) => response.socket?.destroy();
const busy = json({}, 503, { "retry-after": "0" });
const noVideo = json({ data: { video: null } });
const fault = { code: "INVALID_ID", message: "id is empty.", field: "id" };

test("a request carries the key, the operation and its variables", async () => {
  answers = [noVideo];
  expect(await client.video("film")).toBeNull();
  expect(requests[0]).toMatchObject({ path: "/graphql", key: "Bearer a-key", type: "application/json" });
  const body = JSON.parse(requests[0]?.body ?? "") as { query: string; variables: unknown };
  expect(body.query).toContain("query Video");
  expect(body.variables).toEqual({ id: "film" });
});

test("a GraphQL error is thrown with its code, its details, and when to ask again", async () => {
  const extensions = { code: "VIDEO_NOT_READY", status: "PENDING", retryAfterSeconds: 5 };
  answers = [json({ data: null, errors: [{ message: "Not yet.", extensions }] })];
  const error: unknown = await client.personalizedCover("film", "ann").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FacetRequestError);
  expect(error).toMatchObject({ code: "VIDEO_NOT_READY", message: "Not yet.", retryAfterSeconds: 5 });
  expect((error as FacetRequestError).details).toMatchObject({ status: "PENDING" });
});

test("what is wrong with a mutation's input is thrown with its code and field", async () => {
  answers = [json({ data: { registerVideo: { video: null, userErrors: [fault] } } })];
  const error: unknown = await client
    .registerVideo({ id: "", source: { path: "a" } })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FacetUserError);
  expect(error).toMatchObject({ code: "INVALID_ID", field: "id", userErrors: [fault] });
});

test.each([429, 503])("a mutation that was answered with %d is sent again", async (status) => {
  answers = [
    json({}, status, { "retry-after": "0" }),
    json({ data: { registerVideo: { video: null, userErrors: [fault] } } }),
  ];
  await expect(client.registerVideo({ id: "", source: { path: "a" } })).rejects.toThrow(FacetUserError);
  expect(requests).toHaveLength(2);
});

test.each([502, 504])("a mutation that was answered with %d is not, a query is", async (status) => {
  answers = [json({}, status), json({}, status), noVideo];
  await expect(client.registerVideo({ id: "a", source: { path: "a" } })).rejects.toMatchObject({
    code: "UNEXPECTED_ANSWER",
  });
  expect(requests).toHaveLength(1);
  expect(await client.video("film")).toBeNull();
  expect(requests).toHaveLength(3);
});

/** The head of an answer, and no more. */
const breakOff: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write("{", () => response.socket?.destroy());
};

test("a query whose answer broke off is sent again, and a picture's bytes are asked for again", async () => {
  answers = [breakOff, noVideo, breakOff, (response) => response.end("bytes")];
  expect(await client.video("film")).toBeNull();
  const { port } = server.address() as AddressInfo;
  expect(Buffer.from(await client.fetchImage(`http://127.0.0.1:${port}/a`)).toString()).toBe("bytes");
});

test("a query whose connection was lost is sent again", async () => {
  answers = [hangUp, noVideo];
  expect(await client.video("film")).toBeNull();
});

test("a mutation whose connection was lost is not: nobody knows whether it was done", async () => {
  answers = [hangUp, noVideo];
  await expect(client.registerVideo({ id: "a", source: { path: "a" } })).rejects.toMatchObject({ code: "NETWORK" });
  expect(requests).toHaveLength(1);
});

test.each([400, 401, 500])("%d is sent once", async (status) => {
  answers = [json({ errors: [{ message: "No.", extensions: { code: "ANY" } }] }, status), noVideo];
  await expect(client.video("film")).rejects.toMatchObject({ code: "ANY" });
  expect(requests).toHaveLength(1);
});

test("it is given up after so many attempts", async () => {
  answers = [busy, busy, busy, noVideo];
  await expect(client.video("film")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  expect(requests).toHaveLength(3);
});

test("an upload sends the bytes with their type, and what refuses it is thrown", async () => {
  answers = [json({ uploadId: "an-id" }, 201), json({ error: { code: "LIMIT_EXCEEDED", message: "Too large." } }, 413)];
  expect(await client.upload(Buffer.from("bytes"), "video/mp4")).toBe("an-id");
  expect(requests[0]).toMatchObject({ path: "/uploads", type: "video/mp4", body: "bytes" });
  await expect(client.upload(Buffer.from("bytes"), "video/mp4")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
});

describe("an answer that says when to ask again in its head alone is thrown with that", () => {
  const head = { "retry-after": "45" };
  const hurry = { code: "LIMIT_EXCEEDED", message: "Too many requests." };
  let once: FacetClient;
  beforeEach(() => {
    once = new FacetClient({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: "k",
      attempts: 1,
    });
  });

  test("where an upload is refused", async () => {
    answers = [json({ error: hurry }, 429, head)];
    const refused = { code: "LIMIT_EXCEEDED", retryAfterSeconds: 45 };
    await expect(once.upload(Buffer.from("bytes"), "video/mp4")).rejects.toMatchObject(refused);
  });

  test("where a GraphQL error says nothing of it, and what that says has the last word", async () => {
    const errors = [{ message: hurry.message, extensions: { code: hurry.code } }];
    answers = [json({ errors }, 429, head)];
    await expect(once.video("film")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED", retryAfterSeconds: 45 });
    const extensions = { code: hurry.code, retryAfterSeconds: 5 };
    answers = [json({ errors: [{ message: hurry.message, extensions }] }, 429, head)];
    await expect(once.video("film")).rejects.toMatchObject({ retryAfterSeconds: 5 });
  });

  test("where something else than Facet answers, and where a picture is not made", async () => {
    const busyThere = { code: "UNEXPECTED_ANSWER", retryAfterSeconds: 45, details: { status: 503 } };
    answers = [json({}, 503, head), json({}, 503, head)];
    await expect(once.video("film")).rejects.toMatchObject(busyThere);
    const { port } = server.address() as AddressInfo;
    await expect(once.fetchImage(`http://127.0.0.1:${port}/a`)).rejects.toMatchObject(busyThere);
  });

  test("and without such a head it says nothing", async () => {
    answers = [json({ error: hurry }, 429)];
    const error: unknown = await once.upload("bytes", "video/mp4").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "LIMIT_EXCEEDED", retryAfterSeconds: undefined, details: {} });
  });
});

test("why a picture is not to be had is said in the service's words", async () => {
  answers = [json({ error: { code: "NOT_FOUND", message: "No such picture." } }, 404)];
  const { port } = server.address() as AddressInfo;
  const refused = { code: "NOT_FOUND", message: "No such picture." };
  await expect(client.fetchImage(`http://127.0.0.1:${port}/a`)).rejects.toMatchObject(refused);
});

test("a stream is sent once, whatever comes", async () => {
  answers = [busy];
  const stream = new Blob(["bytes"]).stream();
  await expect(client.upload(stream, "video/mp4")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
  expect(requests.map((request) => request.body)).toEqual(["bytes"]);
});

test("a stream of Node is sent too", async () => {
  answers = [json({ uploadId: "an-id" }, 201)];
  expect(await client.upload(Readable.from([Buffer.from("by"), Buffer.from("tes")]), "video/mp4")).toBe("an-id");
  expect(requests[0]?.body).toBe("bytes");
});

test.each([
  ["no answer to an upload", { error: "oops" }],
  ["a refusal without words", { error: {} }],
  ["an id that is none", { uploadId: 5 }],
])("%s is nothing that Facet would say", async (_name, body) => {
  answers = [json(body)];
  await expect(client.upload("bytes", "video/mp4")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
});

test.each([
  ["an error without words", { errors: [null] }],
  ["errors that are none", { errors: "x" }],
  ["no errors, and nothing else", { data: { video: null }, errors: [] }],
  ["an answer without what was asked for", { data: {} }],
  ["a list", []],
])("%s is nothing that Facet would say either", async (_name, body) => {
  answers = [json(body)];
  await expect(client.video("film")).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
});

test.each([
  ["url", { url: "not a url" }],
  ["url", { url: "ftp://facet.example" }],
  ["key", { key: "" }],
  ["key", { key: "two\nlines" }],
  ["attempts", { attempts: Number.NaN }],
  ["attempts", { attempts: 0 }],
])("a client is not made with such a %s: %j", (option, wrong) => {
  const make = () => new FacetClient({ url: "http://facet.example", key: "a-key", ...wrong });
  expect(make).toThrow(FacetOptionError);
  expect(make).toThrow(`"${option}"`);
});

test("what looks like a comment or a mutation in a string is neither", async () => {
  const mutation = 'fragment F on X { a(s: "#}", t: """ " #} """) } mutation M { a }';
  answers = [hangUp];
  await expect(client.request(mutation, {})).rejects.toMatchObject({ code: "NETWORK" });
  expect(requests).toHaveLength(1);
  const query = '{ a(s: "} mutation") } # } mutation';
  answers = [hangUp, noVideo];
  expect(await client.request(query, {})).toEqual({ video: null });
});

test("who stops waiting for a video, or for a second try, gets the reason", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  answers = [json({ data: { video: { status: "PROCESSING" } } })];
  const waiting = client.untilReady("film", {
    signal: stop.signal,
    onState: () => queueMicrotask(() => stop.abort(reason)),
  });
  await expect(waiting).rejects.toBe(reason);

  const stopAgain = new AbortController();
  answers = [
    (response) => {
      response.on("close", () => setImmediate(() => stopAgain.abort(reason)));
      json({}, 503, { "retry-after": "60" })(response);
    },
  ];
  await expect(client.video("film", { signal: stopAgain.signal })).rejects.toBe(reason);
});

test("who stops waiting in the middle of an answer gets the reason", async () => {
  const stop = new AbortController();
  answers = [
    (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => setImmediate(() => stop.abort(new Error("enough"))));
    },
  ];
  await expect(client.video("film", { signal: stop.signal })).rejects.toThrow("enough");
});

test("whoever waits can stop waiting", async () => {
  const stop = new AbortController();
  answers = [() => stop.abort(new Error("enough"))];
  await expect(client.video("film", { signal: stop.signal })).rejects.toThrow("enough");
});
