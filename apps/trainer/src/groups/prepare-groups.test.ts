import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EncodedImage, FeatureEncoder } from "@facet/feature-encoder";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawLikes, makeBlackClip, makeClip, SECONDS_A_PICTURE, writeGroups } from "./clips.fixture.js";
import { prepareGroups } from "./prepare-groups.js";
import { readGroups } from "./read-groups.js";

const WIDTH = 12;
/** Videos are decoded. */
const TIMEOUT = { timeout: 180_000 };

/** Mean colours of four stripes: enough to tell drawn pictures apart, and much faster than a network. */
class ColourEncoder implements FeatureEncoder {
  readonly version = "colours-of-stripes";
  readonly engine = { name: "colours", skipped: [] };
  readonly width = WIDTH;
  readonly imageBytes = 224 * 224 * 3;
  encoded = 0;

  firstConvolutionUnit(pictures: readonly Uint8Array[]): Promise<EncodedImage[]> {
    this.encoded += pictures.length;
    return Promise.resolve(pictures.map((rgb) => ({ feature: meanColours(rgb), unsafeScore: 0 })));
  }
  secondConvolutionUnit(pictures: readonly Uint8Array[]): Promise<EncodedImage[]> {
    return this.firstConvolutionUnit(pictures);
  }
  dispose(): void {
    // Nothing is held.
  }
}

function meanColours(rgb: Uint8Array): Float32Array {
  const sums = new Float32Array(WIDTH);
  const stripe = rgb.length / 4;
  rgb.forEach((value, i) => {
    const place = Math.floor(i / stripe) * 3 + (i % 3);
    sums[place] = (sums[place] ?? 0) + (value - 128) / stripe;
  });
  return sums;
}

let folder: string;
let groupsFile: string;
let likes: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-groups-"));
  likes = await drawLikes(folder, 1, 2);
  const clips = [
    await makeClip(folder, "a", [0, 1, 2, 3]),
    await makeClip(folder, "b", [4, 5, 1, 6]),
    await makeClip(folder, "c", [7, 1, 8, 9]),
  ];
  groupsFile = await writeGroups(
    folder,
    clips.map((video, i) => ({ video, category: "shapes", coverMs: (i + 0.5) * SECONDS_A_PICTURE * 1000, likes })),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function prepare(file: string, encoder: FeatureEncoder, skipBadGroups = false, said: string[] = []) {
  const say = (line: string) => said.push(line);
  const notesFile = join(folder, "notes.txt");
  const groups = await readGroups([file], { labels: "cover", skipBadGroups, notesFile, say });
  const [first, ...others] = groups;
  const parts = { training: others, validation: first ? [first] : [] };
  return prepareGroups(parts, { cacheFolder: join(folder, "cache"), encoder, skipBadGroups, say });
}

test(
  "a group's candidates are frames of its video by time, and the right ones show what the cover shows",
  TIMEOUT,
  async () => {
    const encoder = new ColourEncoder();
    const { training, validation, features } = await prepare(groupsFile, encoder);
    expect([training.length, validation.length]).toEqual([2, 1]);
    const coverMs = [0.5, 1.5, 2.5].map((pictures) => pictures * SECONDS_A_PICTURE * 1000);
    for (const [i, group] of [...validation, ...training].entries()) {
      const times = group.frames.map(({ photo }) => Number(/at (\d+) ms/.exec(photo.name)?.[1]));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const right = times.filter((_, n) => group.right[n]);
      expect(right.length).toBeGreaterThan(0);
      for (const time of right) expect(Math.abs(time - (coverMs[i] ?? 0))).toBeLessThanOrEqual(SECONDS_A_PICTURE * 500);
      expect(times.length).toBeGreaterThan(right.length);
      for (const { photo } of group.frames) expect(features.get(photo.hash)).toHaveLength(WIDTH);
      expect(group).toMatchObject({ world: "own", category: "groups/shapes" });
      expect(group.history.map(({ photo }) => photo.name)).toEqual(likes);
    }
  },
);

test("a second run takes every frame from the disk, and gives the same groups", TIMEOUT, async () => {
  const first = await prepare(groupsFile, new ColourEncoder());
  const encoder = new ColourEncoder();
  const second = await prepare(groupsFile, encoder);
  expect(encoder.encoded).toBe(0);
  expect(second.training).toEqual(first.training);
  expect(second.features).toEqual(first.features);
});

test(
  "videos that give no frame are told together after all were tried, or left out where that is asked for",
  TIMEOUT,
  async () => {
    const black = await makeBlackClip(folder, "black");
    const line = { category: "shapes", coverMs: 100, likes };
    const file = await writeGroups(
      folder,
      [
        { ...line, video: "a.mp4" },
        { ...line, video: black },
        { ...line, video: "b.mp4" },
        { ...line, video: black },
      ],
      "with-black.jsonl",
    );
    const encoder = new ColourEncoder();
    await expect(prepare(file, encoder)).rejects.toThrow(
      /2 groups are faulty.*with-black\.jsonl:2: "black\.mp4" has no usable frame.*with-black\.jsonl:4:/s,
    );
    const said: string[] = [];
    const { training } = await prepare(file, encoder, true, said);
    expect(training).toHaveLength(1);
    expect(said.filter((text) => text.startsWith("Left out: with-black.jsonl"))).toHaveLength(2);
  },
);
