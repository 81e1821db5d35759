import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FacetClient, type CoverFragment } from "@facet/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePhotoClip, photoPart } from "../integration/material.fixture.js";
import { SERVICE_MAIN, startService, type ServiceProcess } from "./service-process.fixture.js";

const run = promisify(execFile);
let occupant: Server | undefined;
afterAll(() => occupant?.close());

async function occupyPort(): Promise<number> {
  const server = createServer();
  occupant = server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

// A test machine that is busy may be slow: here it is the decision that counts.
const patient = { FACET_TIME_BUDGET_MS: "30000" };

describe("the built service on an empty data folder", () => {
  let folder: string;
  /** The user's, where libraries keep what they send to their makers. */
  let home: string;
  let service: ServiceProcess;
  let key: string;
  let decided: CoverFragment;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "facet-e2e-"));
    home = await mkdtemp(join(tmpdir(), "facet-home-"));
    service = await startService({
      FACET_DATA_DIR: folder,
      HOME: home,
      XDG_CACHE_HOME: join(home, ".cache"),
      ...patient,
    });
  });
  afterAll(async () => {
    await service.end("SIGTERM");
    for (const made of [folder, home]) await rm(made, { recursive: true, force: true });
  });

  test("prints its address in one line, and the admin key that it made", () => {
    expect(service.printed.filter((line) => line.includes(service.baseUrl))).toHaveLength(1);
    key = /admin key.*: (\S+)$/m.exec(service.printed.join("\n"))?.[1] ?? service.printed.join("\n");
    expect(key).toMatch(/^\S{16,}$/);
  });

  test("logs which engine, ffmpeg and model it runs, and never the key", () => {
    const log = service.logged.join("\n");
    expect(log).toMatch(/the encoder runs on the engine (onnx|tensorflow|wasm)/);
    expect(log).toMatch(/"origin":"(system|npm)"/);
    expect(log).toMatch(/"modelVersion":"/);
    expect(log).not.toContain(key);
  });

  test("registers an uploaded video, records a like, and chooses a cover by it", async () => {
    // As a platform's backend does: by the client that it would take.
    const client = new FacetClient({ url: service.baseUrl, key });
    const uploadId = await client.upload(await makePhotoClip("locomotion-house-cat", "black-canyon"), "video/mp4");
    await client.registerVideo({ id: "film", source: { uploadId } });
    await client.untilReady("film");
    const base64 = (await photoPart("locomotion-house-cat", "left")).toString("base64");
    await client.recordLikedImage({ userId: "ann", source: { base64 } });
    decided = await client.personalizedCover("film", "ann");
    expect(decided.basis).toBe("PERSONALIZED");
    expect(decided.frame.timestampMs).toBeLessThan(1500);
    expect(service.logged.join("\n")).not.toContain(base64.slice(0, 60));
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "ends with exit 0 on %s, leaves nothing in the user's home, and knows its decisions after a restart",
    async (signal) => {
      expect(await service.end(signal)).toEqual({ code: 0, signal: null });
      expect(await readdir(home, { recursive: true })).toEqual([]);
      service = await startService({
        FACET_DATA_DIR: folder,
        HOME: home,
        XDG_CACHE_HOME: join(home, ".cache"),
        ...patient,
      });
      expect(service.printed).toHaveLength(1);
      const again = await new FacetClient({ url: service.baseUrl, key }).personalizedCover("film", "ann");
      expect(again.decisionId).toBe(decided.decisionId);
      expect(again.candidates.map((candidate) => candidate.probability)).toEqual(
        decided.candidates.map((candidate) => candidate.probability),
      );
    },
  );

  test("ends on SIGTERM though a caller has stopped in the middle of an upload", async () => {
    const { hostname, port } = new URL(service.baseUrl);
    const caller = connect(Number(port), hostname);
    caller.on("error", () => undefined);
    const head = `POST /uploads HTTP/1.1\r\nHost: facet\r\nAuthorization: Bearer ${key}\r\nContent-Type: video/mp4\r\n`;
    await new Promise((resolve) => caller.write(`${head}Content-Length: 1000\r\n\r\nhalf`, resolve));
    expect(await service.end("SIGTERM")).toEqual({ code: 0, signal: null });
    caller.destroy();
  });
});

test("--help lists the environment variables with their defaults", async () => {
  const { stdout } = await run(process.execPath, [SERVICE_MAIN, "--help"]);
  expect(stdout).toMatch(/PORT .*\[4000\]/);
  expect(stdout).toMatch(/FACET_DATA_DIR .*\[\.facet\]/);
});

test("an option that there is not is named, without a stack", async () => {
  const failure: unknown = await run(process.execPath, [SERVICE_MAIN, "--foo"]).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 2, stderr: expect.stringContaining("--foo") as string });
  expect((failure as { stderr: string }).stderr).not.toMatch(/^ {4}at /m);
});

test.each([
  [
    "PORT",
    async () => String(await occupyPort()),
    /^Facet cannot listen at port \d+ of .*something else listens there/,
  ],
  ["HOST", () => Promise.resolve("999.1.1.1"), /^Facet cannot listen at port \d+ of 999\.1\.1\.1/],
  ["FACET_DATA_DIR", () => Promise.resolve(join(SERVICE_MAIN, "below")), /^The data folder .* cannot be made: ENOTDIR/],
])("%s that cannot be had ends the start with one sentence", { timeout: 120_000 }, async (name, valueOf, message) => {
  const folder = await mkdtemp(join(tmpdir(), "facet-start-"));
  const usual = { PATH: process.env["PATH"], PORT: "0", FACET_DATA_DIR: folder, FACET_LOG_LEVEL: "silent" };
  const env = { ...usual, [name]: await valueOf() };
  const failure: unknown = await run(process.execPath, [SERVICE_MAIN], { env }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(message) as string });
  expect((failure as { stderr: string }).stderr).not.toMatch(/^ {4}at /m);
  await rm(folder, { recursive: true });
});

test("a variable that cannot be used is named, and the service does not start", async () => {
  const env = { PATH: process.env["PATH"], PORT: "eighty" };
  const failure: unknown = await run(process.execPath, [SERVICE_MAIN], { env }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The environment cannot be used: PORT/) as string,
  });
});
