import { expect, test } from "vitest";
import { VideoIngest } from "./video-ingest.js";

test("ingests of one video wait for each other; one that was registered anew waits for none of the former's", () => {
  const ingest = new VideoIngest(null as never);
  const first = { videoId: "film", registeredAt: "2026-11-29T02:00:00.000Z", revision: 1 };
  const anew = { ...first, registeredAt: "2026-11-29T02:00:01.000Z" };
  expect(ingest.leaseKey({ ...first, revision: 2 })).toBe(ingest.leaseKey(first));
  expect(ingest.leaseKey(anew)).not.toBe(ingest.leaseKey(first));
  expect(ingest.leaseKey({ ...first, videoId: "film 2" })).not.toBe(ingest.leaseKey(first));
});
