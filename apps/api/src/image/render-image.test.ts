import { parseImageHash } from "@facet/domain";
import sharp from "sharp";
import { expect, test } from "vitest";
import { renderImage } from "./render-image.js";

const hash = parseImageHash("0f".repeat(32));
const canvas = { width: 80, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } as const;

async function stored(format: "png" | "jpeg" | "webp") {
  const bytes = await sharp({ create: canvas }).toFormat(format).toBuffer();
  return { hash, mime: `image/${format}`, width: 80, height: 40, bytes };
}

test("where nothing is asked the bytes are those that were kept", async () => {
  const image = await stored("png");
  expect(await renderImage(image, undefined, undefined)).toEqual({ bytes: image.bytes, mime: "image/png" });
});

test("width and format are as asked", async () => {
  const { bytes, mime } = await renderImage(await stored("jpeg"), 20, "webp");
  expect(mime).toBe("image/webp");
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 20, height: 10 });
});

test("a picture is never enlarged", async () => {
  const { bytes } = await renderImage(await stored("jpeg"), 1000, "webp");
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 80, height: 40 });
});

test("what is transparent is white as a JPEG", async () => {
  const { bytes, mime } = await renderImage(await stored("png"), 40, undefined);
  expect(mime).toBe("image/jpeg");
  const { dominant } = await sharp(bytes).stats();
  expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
});
