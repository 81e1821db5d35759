import { expect, test } from "vitest";
import { InputError } from "../graphql/user-errors.js";
import { LikeIntake } from "./like-intake.js";

test("when the time is over, what was fetched stays, what is being fetched is let go, and nothing more is begun with", async () => {
  const time = new AbortController();
  const fetched: string[] = [];
  const intake = new LikeIntake({
    records: { findFrameImages: () => Promise.resolve(new Map()) },
    images: null as never,
    // Each has its feature already: nothing is to be encoded.
    features: { findKnown: (hashes) => Promise.resolve(new Set(hashes)), keep: () => Promise.resolve() },
    uploads: null as never,
    remoteFiles: {
      fetchImage: (url, signal) => {
        fetched.push(url);
        if (!url.startsWith("slow")) return Promise.resolve(Buffer.from(url));
        const ended = new Promise<never>((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        });
        if (url === "slow 7") time.abort(new InputError("TIME_LIMIT", null, "The time is over."));
        return ended;
      },
    },
    encoder: null as never,
  });
  const urls = [...["a", "b", "c", "d"], ...[4, 5, 6, 7].map((place) => `slow ${place}`), "e", "f"];
  const asked = urls.map((url) => ({ source: { url } }));
  const outcomes = await intake.take(asked, new Date(), { stop: time.signal });
  expect(outcomes.map((outcome) => (outcome.ok ? "taken" : outcome.error.code))).toEqual([
    ...["taken", "taken", "taken", "taken"],
    ...["TIME_LIMIT", "TIME_LIMIT", "TIME_LIMIT", "TIME_LIMIT", "TIME_LIMIT", "TIME_LIMIT"],
  ]);
  expect(fetched).toEqual(urls.slice(0, 8));
});
