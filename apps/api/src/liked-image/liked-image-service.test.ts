import { afterEach, expect, test, vi } from "vitest";
import type { LikeIntake } from "./like-intake.js";
import { settleInput } from "../graphql/user-errors.js";
import { LikedImageService } from "./liked-image-service.js";

afterEach(() => vi.useRealTimers());

test("a call with many likes is answered when its time is over, each image that was not reached by its place", async () => {
  vi.useFakeTimers();
  const untilStopped: LikeIntake["take"] = async (asked, _now, bounds) => {
    const stop = bounds?.stop;
    await new Promise((resolve) => stop?.addEventListener("abort", resolve));
    return Promise.all(asked.map(() => settleInput(() => Promise.reject(stop?.reason as Error))));
  };
  const records = { findOldestOfFull: () => Promise.resolve(undefined), maxPerViewer: 50 } as never;
  const service = new LikedImageService(records, { take: untilStopped }, () => Promise.resolve(), 60);
  const images = [{ source: { url: "https://slow.example/a.png" } }, { source: { url: "https://slow.example/b.png" } }];
  const recording = service.recordMany({ userId: "ann", images });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await recording).toMatchObject({
    ok: true,
    value: [
      { ok: false, error: { code: "TIME_LIMIT", field: "images.0" } },
      { ok: false, error: { code: "TIME_LIMIT", field: "images.1" } },
    ],
  });
});
