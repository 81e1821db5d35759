import { parseImageHash } from "@facet/domain";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { DerivedImages, TooManyEncodingsError } from "../image/derived-images.js";
import type { ImageStore } from "../image/image-store.js";
import { registerImages } from "./images.js";

const hash = parseImageHash("0f".repeat(32));
const image = { hash, mime: "image/jpeg", width: 640, height: 360 };
const SCALED = `/images/${hash}?w=100`;

/** @param kept whether the bytes are still there when they are asked for */
async function ask(address: string, render: () => Promise<Uint8Array>, kept = true) {
  const images: ImageStore = {
    keep: () => Promise.resolve([]),
    find: () => Promise.resolve(image),
    removeUnused: () => Promise.resolve(),
    read: () => Promise.resolve(kept ? { ...image, bytes: Uint8Array.of(1) } : undefined),
  };
  const app = Fastify();
  registerImages(app, { images, derivedImages: new DerivedImages(images, undefined, render), imageSigner: undefined });
  try {
    return await app.inject(address);
  } finally {
    await app.close();
  }
}

test("a picture is to be kept for ever", async () => {
  const answer = await ask(SCALED, () => Promise.resolve(Uint8Array.of(2)));
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(answer.headers.etag).toBeDefined();
});

test("that too many pictures are being made is kept by nobody, and says when to ask again", async () => {
  const answer = await ask(SCALED, () => Promise.reject(new TooManyEncodingsError()));
  expect([answer.statusCode, answer.json()]).toMatchObject([503, { error: { code: "BUSY" } }]);
  expect(answer.headers).toMatchObject({ "cache-control": "no-store", "retry-after": "2" });
  expect(answer.headers.etag).toBeUndefined();
});

test.each([SCALED, `/images/${hash}`])(
  "that a picture went while it was asked for is kept by nobody: %s",
  async (url) => {
    const answer = await ask(url, () => Promise.resolve(Uint8Array.of(2)), false);
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { error: { code: "IMAGE_NOT_FOUND" } }]);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers.etag).toBeUndefined();
  },
);
