import { spawn } from "node:child_process";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureQuality, readPicture } from "@facet/frame-extraction";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoVideos, demoViewers } from "./material.js";
import type { WrittenCover } from "./write-covers.js";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** A shell from which a real deployment is run: each of these would keep the demo from its end. */
const DEPLOYMENT = {
  ...{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", PGSSLMODE: "require", PORT: "1", HOST: "192.0.2.1" },
  ...{ FACET_ROLES: "api", FACET_MODEL: "/nowhere", FACET_BACKBONE: "/nowhere", FACET_MAX_UPLOAD_BYTES: "1" },
};

let folder: string;
let exitCode: number | null;
let printed: string;
let covers: WrittenCover[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-demo-test-"));
  ({ exitCode, printed } = await runBuiltDemo(folder));
  expect(exitCode, printed).toBe(0);
  covers = JSON.parse(await readFile(join(folder, "covers.json"), "utf8")) as WrittenCover[];
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the demo", () => {
  test("asks for a cover of every video for every viewer", () => {
    const asked = demoVideos.flatMap(({ id }) => demoViewers.map((viewer) => `${id} for ${viewer.id}`));
    expect(covers.map(({ videoId, userId }) => `${videoId} for ${userId}`).sort()).toEqual(asked.sort());
  });

  test("shows the likes of a viewer no photograph that is in a video", () => {
    const shown = demoVideos
      .flatMap((video) => (video.kind === "slideshow" ? video.slides : []))
      .map(({ photo }) => photo);
    expect(demoViewers.flatMap(({ likes }) => likes).filter((photo) => shown.includes(photo))).toEqual([]);
  });

  test("gives viewers with likes a personal cover, and the newcomer one by quality", () => {
    for (const { userId, basis } of covers) {
      const viewer = demoViewers.find(({ id }) => id === userId);
      expect(basis).toBe(viewer?.likes.length === 0 ? "QUALITY" : "PERSONALIZED");
    }
  });

  test("gives tastes different covers of at least two videos", () => {
    const personal = covers.filter(({ basis }) => basis === "PERSONALIZED");
    const differing = demoVideos.filter(({ id }) => {
      const frames = personal.filter(({ videoId }) => videoId === id).map(({ frame }) => frame.index);
      return new Set(frames).size > 1;
    });
    expect(differing.length).toBeGreaterThanOrEqual(2);
  });

  test("writes candidates in order of time whose probabilities sum to 1, the cover's being the highest", () => {
    for (const { candidates, frame, probability } of covers) {
      expect(candidates.map(({ timestampMs }) => timestampMs)).toEqual(
        candidates.map(({ timestampMs }) => timestampMs).sort((a, b) => a - b),
      );
      expect(candidates.reduce((sum, candidate) => sum + candidate.probability, 0)).toBeCloseTo(1, 4);
      expect(probability).toBeCloseTo(Math.max(...candidates.map((candidate) => candidate.probability)), 6);
      expect(candidates.find(({ index }) => index === frame.index)?.probability).toBeCloseTo(probability, 6);
    }
  });

  test("writes every cover as a picture that is neither dark nor blank", async () => {
    for (const { frame } of covers) {
      const picture = await readPicture(await readFile(join(folder, frame.image)));
      expect(picture.mime, frame.image).toBe("image/jpeg");
      const { brightness, contrast } = measureQuality(picture.rgb, 224, 224);
      expect(brightness, frame.image).toBeGreaterThan(0.15);
      expect(contrast, frame.image).toBeGreaterThan(0.05);
    }
  });

  test("draws a contact sheet with a row a viewer and a column a video", async () => {
    const { format, width, height } = await sharp(join(folder, "contact-sheet.jpg")).metadata();
    expect(format).toBe("jpeg");
    expect(width).toBeGreaterThan(demoVideos.length * 400);
    expect(height).toBeGreaterThan(demoViewers.length * 200);
  });

  test("prints a table, and leaves no service running", async () => {
    for (const { title } of demoVideos) expect(printed).toContain(title);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "";
    expect(address).not.toBe("");
    await expect(fetch(`${address}/health`)).rejects.toThrow();
  });
});

async function runBuiltDemo(output: string): Promise<{ exitCode: number | null; printed: string }> {
  await access(MAIN);
  const env = { ...process.env, ...DEPLOYMENT };
  const child = spawn(process.execPath, [MAIN, "--out", output], { stdio: ["ignore", "pipe", "pipe"], env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code, printed: text }));
  });
}
