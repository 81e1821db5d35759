import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { thumbDistance } from "../shots/thumb-distance.js";
import { InvalidLimitError } from "../limits/invalid-limit-error.js";
import { InvalidPictureError, PictureTooLargeError } from "./picture-errors.js";
import { readPicture } from "./read-picture.js";

/** Red at the left, blue at the right. */
function twoHalves(width: number, height: number): Sharp {
  const half = { create: { width: Math.floor(width / 2), height, channels: 3, background: "#00f" } } as const;
  return sharp({ create: { width, height, channels: 3, background: "#f00" } }).composite([
    { input: half, gravity: "east" },
  ]);
}
const left = (rgb: Uint8Array): number[] => [...rgb.subarray(0, 3)];
const right = (rgb: Uint8Array): number[] => [...rgb.subarray(223 * 3, 224 * 3)];

describe("an accepted picture", () => {
  test.each(["jpeg", "png", "webp", "avif", "gif"] as const)(
    "%s is squashed to the encoder's input",
    async (format) => {
      const picture = await readPicture(await twoHalves(300, 200).toFormat(format).toBuffer());
      expect(picture).toMatchObject({ mime: `image/${format}`, width: 300, height: 200 });
      expect(picture.rgb.length).toBe(224 * 224 * 3);
      expect(thumbDistance(Uint8Array.from(left(picture.rgb)), Uint8Array.of(255, 0, 0))).toBeLessThan(0.03);
      expect(thumbDistance(Uint8Array.from(right(picture.rgb)), Uint8Array.of(0, 0, 255))).toBeLessThan(0.03);
    },
  );

  test("is turned as its EXIF data says", async () => {
    const picture = await readPicture(await twoHalves(300, 200).withMetadata({ orientation: 3 }).png().toBuffer());
    expect(left(picture.rgb)).toEqual([0, 0, 255]);
    const upright = await readPicture(await twoHalves(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(upright).toMatchObject({ width: 200, height: 300 });
  });

  test("in CMYK, grey or 16 bits comes out in sRGB of 8 bits", async () => {
    const red = sharp({ create: { width: 64, height: 64, channels: 3, background: "#d02020" } });
    const cmyk = await readPicture(await red.clone().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer());
    expect(thumbDistance(Uint8Array.from(left(cmyk.rgb)), Uint8Array.of(208, 32, 32))).toBeLessThan(0.12);
    const grey = await readPicture(await red.clone().greyscale().png().toBuffer());
    expect(new Set(left(grey.rgb)).size).toBe(1);
    const deep = await readPicture(await red.clone().toColourspace("rgb16").png().toBuffer());
    expect(left(deep.rgb)).toEqual([208, 32, 32]);
  });

  test("that is transparent stands on white", async () => {
    const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    expect(left((await readPicture(await clear.png().toBuffer())).rgb)).toEqual([255, 255, 255]);
  });

  test("of one pixel is a picture", async () => {
    const dot = await readPicture(await twoHalves(2, 1).png().toBuffer());
    expect(dot).toMatchObject({ width: 2, height: 1 });
  });
});

describe("refused with a typed error is", () => {
  test.each([
    ["nothing", Buffer.alloc(0), "is empty"],
    ["text", Buffer.from("no picture at all"), "is none of jpeg, png, webp, avif, gif"],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), "is none of"],
    ["a PNG's head alone", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "is damaged"],
  ])("%s", async (_name, bytes, message) => {
    const refusal = expect(readPicture(bytes)).rejects;
    await refusal.toBeInstanceOf(InvalidPictureError);
    await refusal.toThrow(message);
  });

  test.each(["jpeg", "png", "webp"] as const)("a %s that breaks off", async (format) => {
    const noise = {
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: "#888",
        noise: { type: "gaussian", mean: 128, sigma: 40 },
      },
    } as const;
    const whole = await sharp(noise).toFormat(format).toBuffer();
    await expect(readPicture(whole.subarray(0, whole.length / 2))).rejects.toBeInstanceOf(InvalidPictureError);
  });

  test("a TIFF", async () => {
    await expect(readPicture(await twoHalves(9, 9).tiff().toBuffer())).rejects.toBeInstanceOf(InvalidPictureError);
  });

  test("16,000 by 16,000 pixels in a small file, which are never decoded", async () => {
    const bomb = sharp({
      create: { width: 16_000, height: 16_000, channels: 3, background: "#000" },
      limitInputPixels: false,
    });
    const refusal = expect(readPicture(await bomb.png({ compressionLevel: 1 }).toBuffer())).rejects;
    await refusal.toBeInstanceOf(PictureTooLargeError);
    await refusal.toThrow("has 16000 x 16000 px; the limit is 50000000 pixels");
  });

  test("a side longer than a WebP could have", async () => {
    const tall = sharp({ create: { width: 20, height: 16_384, channels: 3, background: "#456" } });
    const refusal = expect(readPicture(await tall.png().toBuffer())).rejects;
    await refusal.toBeInstanceOf(PictureTooLargeError);
    await refusal.toThrow("has 20 x 16384 px; the limit of a side is 16383");
  });

  test("more bytes than the limit", async () => {
    const refusal = expect(readPicture(new Uint8Array(1001), { limits: { maxBytes: 1000 } })).rejects;
    await refusal.toBeInstanceOf(PictureTooLargeError);
    await refusal.toThrow("has 1001 bytes; the limit is 1000");
  });
});

describe("a limit that", () => {
  test.each([
    ["maxPixels", NaN],
    ["maxPixels", 60_000.5],
    ["maxBytes", -1],
    ["maxSide", 0],
  ] as const)("can be none is the caller's mistake: %s of %d", async (name, value) => {
    const refusal = expect(
      readPicture(await twoHalves(30, 20).png().toBuffer(), { limits: { [name]: value } }),
    ).rejects;
    await refusal.toBeInstanceOf(InvalidLimitError);
    await refusal.toThrow(`${name} takes a whole number from 1, or Infinity for no limit, not ${value}.`);
  });

  test.each([Infinity, 2 ** 60, undefined])("is %s keeps no good picture from being read", async (value) => {
    const limits = { maxBytes: value, maxPixels: value, maxSide: value };
    expect(await readPicture(await twoHalves(30, 20).png().toBuffer(), { limits })).toMatchObject({ width: 30 });
  });
});
