import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { degrade, type Degradation } from "./degrade.js";
import type { Photo } from "./photo.js";

const SIDE = 224;

/** @returns [224, 224, 3] RGB bytes: the whole photo squashed to the encoder's input, then spoiled as told */
export async function decodePhoto(photo: Photo, degradation: Degradation): Promise<Uint8Array> {
  return degrade(await decodeRgb(await readFile(photo.file)), degradation, photo.hash);
}

/** @returns [224, 224, 3] RGB bytes */
export async function decodeRgb(bytes: Uint8Array): Promise<Uint8Array> {
  const raw = await sharp(bytes, { failOn: "error", limitInputPixels: 5e7 })
    .autoOrient()
    .toColourspace("srgb")
    .flatten({ background: "#ffffff" })
    .resize(SIDE, SIDE, { fit: "fill" })
    .raw()
    .toBuffer();
  return new Uint8Array(raw);
}
