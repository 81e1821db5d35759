import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startRemoteHost, type RemoteHost } from "./remote-host.fixture.js";
import { RemoteFiles } from "./remote-files.js";

let host: RemoteHost;
let folder: string;
let files: RemoteFiles;
const requests: string[] = [];

beforeAll(async () => {
  host = await startRemoteHost(answer);
  folder = await mkdtemp(join(tmpdir(), "facet-remote-"));
  files = new RemoteFiles([`media.example:${host.port}`, `inside.example:${host.port}`], host.network);
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  host.addresses.clear();
  host.asked.length = 0;
  requests.length = 0;
});

/** What the other side does is the address' first step. */
function answer({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
  requests.push(`${headers.host?.split(":")[0] ?? ""}${url}`);
  const [, deed = "", rest = ""] = /^\/(\w+)\/?(.*)$/.exec(url) ?? [];
  const redirect = (location: string) => response.writeHead(302, { location }).end();
  switch (deed) {
    case "hello":
      response.end("hello");
      return;
    case "to":
      redirect(decodeURIComponent(rest));
      return;
    case "loop":
      redirect(`/loop/${String(Number(rest) + 1)}`);
      return;
    case "status":
      response.writeHead(Number(rest)).end("nothing for you");
      return;
    case "announced":
      response.writeHead(200, { "content-length": "10000001" }).write("a");
      return;
    case "endless":
      pour(response);
      return;
    case "cut":
      response.writeHead(200, { "content-length": "100" });
      response.write("some", () => response.destroy());
      return;
    default:
      response.end();
      return;
  }
}

function pour(response: ServerResponse): void {
  const piece = Buffer.alloc(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}

const at = (path: string, name = "media.example") => `https://${name}:${host.port}/${path}`;
const to = (url: string) => at(`to/${encodeURIComponent(url)}`);

test("a picture's bytes come as they are", async () => {
  expect(Buffer.from(await files.fetchImage(at("hello"))).toString()).toBe("hello");
});

test("a file is streamed to its place, and hashed", async () => {
  const path = join(folder, randomUUID());
  const seen: number[] = [];
  const { sha256 } = await files.download(at("hello"), path, { maxBytes: 5, onProgress: (bytes) => seen.push(bytes) });
  expect(await readFile(path, "utf8")).toBe("hello");
  expect(sha256).toBe(createHash("sha256").update("hello").digest("hex"));
  expect(seen.at(-1)).toBe(5);
  await rm(path);
});

test("a redirect to an allowed host is followed", async () => {
  expect(Buffer.from(await files.fetchImage(to(at("hello", "inside.example")))).toString()).toBe("hello");
});

test.each([
  ["a host that is not allowed", () => at("hello", "evil.example")],
  ["another port", () => "https://media.example/hello"],
  ["plain http", () => `http://media.example:${host.port}/hello`],
  ["a file of this machine", () => "file:///etc/passwd"],
  ["an address with a password", () => `https://ann:sesame@media.example:${host.port}/hello`],
])("a redirect to %s is refused, and not followed", async (_name, target) => {
  await expect(files.fetchImage(to(target()))).rejects.toMatchObject({ code: "URL_NOT_ALLOWED" });
  expect(requests).toHaveLength(1);
});

const INNER_ADDRESSES = [
  "127.0.0.2",
  "0.0.0.0",
  "10.0.0.1",
  "172.16.3.4",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "fc00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "64:ff9b::7f00:1",
];

test.each(INNER_ADDRESSES)("a name that leads to %s is not fetched from", async (address) => {
  host.addresses.set("inside.example", address);
  const failure = files.fetchImage(at("hello", "inside.example"));
  await expect(failure).rejects.toMatchObject({ code: "URL_NOT_ALLOWED" });
  // Which addresses names have inside is nobody's business.
  await expect(failure).rejects.not.toThrow(address);
  expect(requests).toEqual([]);
});

test("a redirect to a name that leads inside is not followed", async () => {
  host.addresses.set("inside.example", "10.0.0.1");
  await expect(files.fetchImage(to(at("hello", "inside.example")))).rejects.toMatchObject({ code: "URL_NOT_ALLOWED" });
  expect(requests).toHaveLength(1);
});

test("the connection goes to the address that was checked: a name is looked up once for each request", async () => {
  await files.fetchImage(to(at("hello")));
  expect(host.asked).toEqual(["media.example", "media.example"]);
});

test("a host that is allowed by its address is not fetched from where that is not public", async () => {
  const byAddress = new RemoteFiles([`10.0.0.1:${host.port}`], host.network);
  await expect(byAddress.fetchImage(at("hello", "10.0.0.1"))).rejects.toMatchObject({ code: "URL_NOT_ALLOWED" });
});

test.each([
  ["not found", "status/404", "URL_NOT_REACHABLE"],
  ["broken", "status/500", "URL_NOT_REACHABLE"],
  ["a part only", "status/206", "URL_NOT_REACHABLE"],
  ["a redirect to nowhere", "status/302", "URL_NOT_REACHABLE"],
  ["redirected for ever", "loop/0", "URL_NOT_REACHABLE"],
  ["empty", "nothing", "URL_NOT_REACHABLE"],
  ["cut off", "cut", "URL_NOT_REACHABLE"],
  ["announced as too large", "announced", "LIMIT_EXCEEDED"],
])("what is %s fails with its code, and leaves no file", async (_name, path, code) => {
  await expect(files.fetchImage(at(path))).rejects.toMatchObject({ code });
  const file = join(folder, randomUUID());
  await expect(files.download(at(path), file, { maxBytes: 10_000_000 })).rejects.toMatchObject({ code });
  expect(await readdir(folder)).toEqual([]);
});

test("what turns out to be too large is cut, and leaves no file", async () => {
  const downloading = files.download(at("endless"), join(folder, randomUUID()), { maxBytes: 100_000 });
  await expect(downloading).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  expect(await readdir(folder)).toEqual([]);
});

test("no more than five redirects are followed", async () => {
  await expect(files.fetchImage(at("loop/0"))).rejects.toThrow("5");
  expect(requests).toHaveLength(6);
});

test("a host that is not there, or is another by its certificate, is not reachable", async () => {
  const others = new RemoteFiles([`nowhere.example:${host.port}`, `localhost:${host.port}`], host.network);
  await expect(others.fetchImage(at("hello", "nowhere.example"))).rejects.toMatchObject({ code: "URL_NOT_REACHABLE" });
  host.addresses.set("localhost", "127.0.0.1");
  await expect(others.fetchImage(at("hello", "localhost"))).rejects.toMatchObject({ code: "URL_NOT_REACHABLE" });
});

test("who gives up a download gets the own reason, and no file is left", async () => {
  const stop = new AbortController();
  const file = join(folder, randomUUID());
  const onProgress = () => stop.abort(new Error("enough"));
  const options = { maxBytes: 1e9, signal: stop.signal, onProgress };
  await expect(files.download(at("endless"), file, options)).rejects.toThrow("enough");
  expect(await readdir(folder)).toEqual([]);
});
