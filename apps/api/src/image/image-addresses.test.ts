import { expect, test } from "vitest";
import { ApiError } from "../graphql/errors.js";
import { ImageAddresses } from "./image-addresses.js";
import { ImageSigner } from "./image-signer.js";

const image = { hash: "0f".repeat(32), width: 1920, height: 1080 };
const base = "https://covers.example";
const addresses = new ImageAddresses(base);

test("without a wish it is the original", () => {
  const original = { url: `${base}/images/${image.hash}`, width: 1920, height: 1080 };
  expect(addresses.address(image, {})).toMatchObject(original);
  expect(addresses.address(image, { width: null, ratio: null, format: null })).toMatchObject(original);
});

test("the height follows the width and the ratio, and both tell what is served", () => {
  const small = addresses.address(image, { width: 320, ratio: "RATIO_2_3", format: "AVIF" });
  const url = `${base}/images/${image.hash}?w=320&ratio=2:3&format=avif`;
  expect(small).toMatchObject({ url, width: 320, height: 480 });
});

test("a picture is never enlarged", () => {
  expect(addresses.address(image, { width: 3840 })).toMatchObject({ width: 1920, height: 1080 });
});

test.each([0, -1, 15, 3841])("no picture is %d px wide", (width) => {
  expect(() => addresses.address(image, { width })).toThrow(ApiError);
});

test("a set of widths is ready for HTML: the narrowest first, each with its real width, and none twice", () => {
  const square = addresses.address(image, { ratio: "RATIO_1_1", format: "WEBP" });
  const at = (width: number) => `${base}/images/${image.hash}?w=${width}&ratio=1:1&format=webp`;
  expect(addresses.addressSet(square, [1600, 320, 1920, 640])).toBe(
    `${at(320)} 320w, ${at(640)} 640w, ${at(1600)} 1080w`,
  );
});

test.each([[[]], [[15]], [Array.from({ length: 21 }, (_, index) => 100 + index)]])(
  "no set has the widths %j",
  (widths) => {
    expect(() => addresses.addressSet(addresses.address(image, {}), widths)).toThrow(ApiError);
  },
);

test("where addresses are signed, each of a set is", () => {
  const signed = new ImageAddresses(base, new ImageSigner(new Uint8Array(32), 3600));
  const set = signed.addressSet(signed.address(image, {}), [320, 640]);
  expect(set.match(/&signature=[\w-]{43}/g)).toHaveLength(2);
});
