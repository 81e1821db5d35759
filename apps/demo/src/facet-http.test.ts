import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VideoStateFragment } from "@facet/client";
import { FacetHttp } from "./facet-http.js";
import { StallWatch } from "./stall-watch.js";

const QUEUED: VideoStateFragment = {
  ...{
    id: "film",
    title: null,
    category: null,
    metadata: null,
    revision: 1,
    durationMs: null,
    width: null,
    height: null,
  },
  ...{ status: "PENDING", failure: null, ingest: { stage: "QUEUED", progress: 0, attempts: 0, failure: null } },
};

describe("waiting for a video", () => {
  let server: Server;
  let video: VideoStateFragment;
  beforeEach(async () => {
    server = createServer((_request, response) => response.end(JSON.stringify({ data: { video } })));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });

  /** In a time in which a minute goes by whenever somebody looks. */
  const wait = (patienceMinutes: number) => {
    let minute = 0;
    const watch = new StallWatch(patienceMinutes * 60_000, () => minute++ * 60_000);
    const { port } = server.address() as AddressInfo;
    return new FacetHttp(`http://127.0.0.1:${port}`, "a-key", watch).untilReady("film", () => undefined);
  };

  test("ends where nothing moves, and says where it stands", async () => {
    video = QUEUED;
    await expect(wait(1)).rejects.toThrow('Video "film" is PENDING, QUEUED at 0% in attempt 0, and no video has moved');
  });

  test("ends where the video fails, and says why", async () => {
    const failure = { code: "NO_VIDEO_STREAM", message: "It is no video." } as const;
    video = { ...QUEUED, status: "FAILED", failure };
    await expect(wait(60)).rejects.toThrow(failure.message);
  });
});

test("a video that waits is not stuck as long as another one moves", () => {
  let now = 0;
  const watch = new StallWatch(100, () => now);
  const moving = (progress: number) => ({ ...QUEUED, id: "other", ingest: { ...QUEUED.ingest, progress } });
  watch.note(QUEUED);
  for (now = 60; now <= 240; now += 60) {
    watch.note(moving(now / 240));
    watch.note(QUEUED);
  }
  now = 340;
  expect(() => watch.note(QUEUED)).toThrow("no video has moved");
});
