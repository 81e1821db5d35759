import { expect, test } from "vitest";
import { ImageSigner } from "./image-signer.js";

const hash = "0f".repeat(32);
const form = { width: 320, ratio: "1:1", format: "webp" } as const;
const secret = new Uint8Array(32).fill(7);
let now = Date.parse("2026-01-31T12:00:00Z");
const signer = new ImageSigner(secret, 3600, () => now);

test("an address is good for at least three quarters of its lifetime, and never for longer than it", () => {
  for (let minute = 0; minute < 120; minute += 7) {
    now += minute * 60_000;
    const left = signer.secondsLeft(hash, form, signer.sign(hash, form));
    expect(left).toBeGreaterThanOrEqual(2700);
    expect(left).toBeLessThanOrEqual(3600);
  }
});

test("it gives nothing from the moment on that it expires", () => {
  const signature = signer.sign(hash, form);
  now = signature.expires * 1000 - 1000;
  expect(signer.secondsLeft(hash, form, signature)).toBe(1);
  now += 1000;
  expect(signer.secondsLeft(hash, form, signature)).toBe(0);
});

test("who asks again soon gets the same address, so that caches know it", () => {
  now = Date.parse("2026-01-31T12:00:10Z");
  const first = signer.sign(hash, form);
  now += 60_000;
  expect(signer.sign(hash, form)).toEqual(first);
});

test("an address that was changed in any part is none of ours", () => {
  const signature = signer.sign(hash, form);
  const other = (changed: object) => signer.secondsLeft(hash, { ...form, ...changed }, signature);
  expect(other({})).toBeGreaterThan(0);
  expect([other({ width: 321 }), other({ ratio: undefined }), other({ format: "jpeg" })]).toEqual([0, 0, 0]);
  expect(signer.secondsLeft("00".repeat(32), form, signature)).toBe(0);
  expect(signer.secondsLeft(hash, form, { ...signature, expires: signature.expires + 1 })).toBe(0);
});

test("an address of another secret is none of ours", () => {
  const stranger = new ImageSigner(new Uint8Array(32).fill(8), 3600, () => now);
  expect(signer.secondsLeft(hash, form, stranger.sign(hash, form))).toBe(0);
});

test.each(["", "A".repeat(43), "A".repeat(42), "A".repeat(1000)])("%j signs nothing", (signature) => {
  expect(signer.secondsLeft(hash, form, { ...signer.sign(hash, form), signature })).toBe(0);
});
