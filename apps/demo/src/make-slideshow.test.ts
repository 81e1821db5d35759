import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractFrames, probeVideo, type ExtractedFrame } from "@facet/frame-extraction";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSlideshow } from "./make-slideshow.js";

let folder: string;
let output: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-slideshow-"));
  output = join(folder, "two.mp4");
  const whole = { left: 0, top: 0.1, width: 1 };
  await makeSlideshow(
    [
      { photo: "allium", view: whole, move: "in" },
      { photo: "boats", view: whole, move: "out" },
    ],
    folder,
    output,
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a slideshow of two photographs", () => {
  test("is six seconds of 16:9 video", async () => {
    expect(await probeVideo(output)).toMatchObject({ durationMs: 6000, width: 960, height: 540 });
  });

  test("starts and ends black, and is cut hard in the middle", async () => {
    const frames: ExtractedFrame[] = [];
    for await (const frame of extractFrames(output, { rule: { kind: "everyFrame" } })) frames.push(frame);
    expect(frames).toHaveLength(90);
    const brightness = (index: number) => frames.at(index)?.quality.brightness ?? 1;
    expect(brightness(0)).toBeLessThan(0.05);
    expect(brightness(-1)).toBeLessThan(0.1);
    expect(Math.abs(brightness(44) - brightness(45))).toBeGreaterThan(0.05);
    expect(Math.abs(brightness(43) - brightness(44))).toBeLessThan(0.01);
  });
});
