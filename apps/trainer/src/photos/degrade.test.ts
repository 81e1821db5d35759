import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { measureQuality, readPicture } from "@facet/frame-extraction";
import { parseImageHash } from "@facet/domain";
import { beforeAll, expect, test } from "vitest";
import { degradationOf, degrade, SIDE } from "./degrade.js";
import { makeInterestFolder } from "./photo-folders.fixture.js";

const HASH = parseImageHash("5a".repeat(32));
let rgb: Uint8Array;

beforeAll(async () => {
  const folder = await makeInterestFolder(1, 1);
  ({ rgb } = await readPicture(await readFile(join(folder, "interest-0", "0.png"))));
});

const measure = (picture: Uint8Array) => measureQuality(picture, SIDE, SIDE);

test("a blurred frame has lost most of its sharpness and none of its brightness", async () => {
  const blurred = measure(await degrade(rgb, "blurred", HASH));
  expect(blurred.sharpness).toBeLessThan(0.1 * measure(rgb).sharpness);
  expect(blurred.brightness).toBeCloseTo(measure(rgb).brightness, 1);
});

test("a dark frame has less than a quarter of its brightness, a blown-out one is nearly white", async () => {
  expect(measure(await degrade(rgb, "dark", HASH)).brightness).toBeLessThan(0.25 * measure(rgb).brightness);
  expect(measure(await degrade(rgb, "blownOut", HASH)).brightness).toBeGreaterThan(0.8);
});

test("a photo is always spoiled in the same way, and photos are not all spoiled in the same way", async () => {
  expect(await degrade(rgb, "blurred", HASH)).toEqual(await degrade(rgb, "blurred", HASH));
  const kinds = ["00", "01", "02"].map((byte) => degradationOf(parseImageHash(byte.repeat(32))));
  expect(new Set(kinds).size).toBe(3);
  expect(kinds).not.toContain("none");
});
