import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { makeProbeServer } from "./listen-for-probes.js";

const WITHIN_MS = 200;

const server = makeProbeServer(WITHIN_MS, 50);
afterEach(() => server.close());

test("a worker waits no longer for the rest of a request than it was told to", { timeout: 30_000 }, async () => {
  await server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.server.address() as AddressInfo;
  const send = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let told = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.setEncoding("utf8").on("data", (part: string) => (told += part));
      socket.on("error", reject).on("close", () => resolve(told));
    });
  const head = "POST /health HTTP/1.1\r\nHost: worker\r\n";
  const ends = await Promise.all([send(head), send(`${head}Content-Length: 100\r\n\r\n`)]);
  expect(ends[0]).toContain("408 Request Timeout");
  expect(ends[1]).toMatch(/408 Request Timeout|404 Not Found/);
});
