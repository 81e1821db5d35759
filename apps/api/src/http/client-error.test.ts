import { once } from "node:events";
import { maxHeaderSize } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeApolloServer } from "../graphql/apollo.js";
import type { RequestContext } from "../graphql/context.js";
import { bodyOf, exchangeRaw } from "./raw-exchange.fixture.js";
import { makeServer } from "./server.js";

const log = pino({ level: "silent" });
const apollo = makeApolloServer(log);
let app: FastifyInstance;

beforeAll(async () => {
  await apollo.start();
  app = await makeServer(log, apollo, () => Promise.resolve({} as RequestContext));
  app.post("/echo", ({ body }) => ({ body }));
  const endless = async function* () {
    yield "begun";
    await new Promise(() => undefined);
  };
  app.get("/endless", (_request, reply) => reply.send(Readable.from(endless())));
  await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await app.close();
  await apollo.stop();
});

const HEAD = "POST /echo HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n";
const LARGE = `X-Large: ${"x".repeat(maxHeaderSize)}\r\n`;
test.each([
  ["is no HTTP", "hello\r\n\r\n", 400, "BAD_USER_INPUT", "HTTP"],
  ["has two lengths", `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, "BAD_USER_INPUT", "HTTP"],
  ["has chunks that are none", `${HEAD}Transfer-Encoding: chunked\r\n\r\nhello\r\n`, 400, "BAD_USER_INPUT", "HTTP"],
  ["has too many bytes of headers", `${HEAD}${LARGE}\r\n`, 431, "LIMIT_EXCEEDED", String(maxHeaderSize)],
])(
  "what %s is refused in the words of every route, and its connection ended",
  async (_name, text, status, code, say) => {
    const answer = await exchangeRaw(app, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).toContain("\r\nconnection: close\r\n");
    expect(bodyOf(answer)).toEqual({ error: { code, message: expect.stringContaining(say) as string } });
  },
);

test("nothing is written into an answer that has begun", async () => {
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  let told = "";
  socket.setEncoding("utf8").on("data", (part: string) => (told += part));
  socket.on("error", () => undefined);
  socket.write("GET /endless HTTP/1.1\r\nHost: here\r\n\r\n");
  while (!told.includes("begun")) await once(socket, "data");
  socket.write("hello\r\n\r\n");
  await once(socket, "close");
  expect(told).toMatch(/begun\r\n$/);
});
