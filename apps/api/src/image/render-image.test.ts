import sharp from "sharp";
import { expect, test } from "vitest";
import { renderImage } from "./render-image.js";

const canvas = { width: 80, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } as const;
const plan = { kind: "derived", size: { width: 20, height: 10 }, crop: false } as const;

test.each([
  ["jpeg", "jpeg"],
  ["webp", "webp"],
  ["avif", "heif"],
] as const)("a picture comes as %s in the size that was planned", async (format, known) => {
  const png = await sharp({ create: canvas }).png().toBuffer();
  const bytes = await renderImage(png, { ...plan, format });
  expect(await sharp(bytes).metadata()).toMatchObject({ format: known, width: 20, height: 10 });
});

test("what is transparent is white as a JPEG", async () => {
  const png = await sharp({ create: canvas }).png().toBuffer();
  const { dominant } = await sharp(await renderImage(png, { ...plan, format: "jpeg" })).stats();
  expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
});

test.each(["left", "right"] as const)("a crop is around what draws the eye: at the %s", async (side) => {
  // A grey field with a busy, colourful patch at one side.
  const patch = await sharp({
    create: {
      width: 60,
      height: 60,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma: 90 },
    },
  })
    .png()
    .toBuffer();
  const picture = await sharp({ create: { width: 400, height: 100, channels: 3, background: "#888888" } })
    .composite([{ input: patch, left: side === "left" ? 20 : 320, top: 20 }])
    .png()
    .toBuffer();
  const bytes = await renderImage(picture, {
    ...{ kind: "derived", crop: true, format: "jpeg" },
    size: { width: 100, height: 100 },
  });
  const { channels } = await sharp(bytes).stats();
  expect(channels[0]?.stdev).toBeGreaterThan(20);
});

test("a picture that was taken turned is upright", async () => {
  const turned = await sharp({ create: canvas }).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const bytes = await renderImage(turned, { ...plan, size: { width: 40, height: 80 }, format: "jpeg" });
  const { width, height, orientation } = await sharp(bytes).metadata();
  expect([width, height, orientation]).toEqual([40, 80, undefined]);
});
