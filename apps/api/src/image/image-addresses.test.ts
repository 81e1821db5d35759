import { expect, test } from "vitest";
import { ApiError } from "../graphql/errors.js";
import { ImageAddresses } from "./image-addresses.js";

const image = { hash: "0f".repeat(32), width: 1920, height: 1080 };
const base = "https://covers.example";
const addresses = new ImageAddresses(base);

test("without a wish it is the original", () => {
  const original = { url: `${base}/images/${image.hash}`, width: 1920, height: 1080 };
  expect(addresses.address(image, {})).toEqual(original);
  expect(addresses.address(image, { width: null, format: null })).toEqual(original);
});

test("the height follows the width, and both tell what is served", () => {
  const small = addresses.address(image, { width: 320, format: "WEBP" });
  expect(small).toEqual({ url: `${base}/images/${image.hash}?w=320&format=webp`, width: 320, height: 180 });
});

test("a picture is never enlarged", () => {
  expect(addresses.address(image, { width: 3840 })).toMatchObject({ width: 1920, height: 1080 });
});

test.each([0, -1, 15, 3841])("no picture is %d px wide", (width) => {
  expect(() => addresses.address(image, { width })).toThrow(ApiError);
});
