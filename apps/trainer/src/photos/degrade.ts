import type { ImageHash } from "@facet/domain";
import sharp, { type Sharp } from "sharp";

/** What can be wrong with a frame. */
export type Degradation = "none" | "blurred" | "dark" | "blownOut";

/** The encoder's input, pixels. */
export const SIDE = 224;

/** The fault that a photo gets when it must have one: always the same for the same photo, so that it is encoded once. */
export function degradationOf(hash: ImageHash): Degradation {
  const kinds = ["blurred", "dark", "blownOut"] as const;
  return kinds[byteOf(hash, 0) % kinds.length] ?? "blurred";
}

/**
 * Spoils a picture so that no person would choose it for a cover, though what it shows can still be guessed. How far
 * depends on the photo alone.
 *
 * @param rgb [224, 224, 3] bytes
 * @returns   [224, 224, 3] bytes
 */
export async function degrade(rgb: Uint8Array, degradation: Degradation, hash: ImageHash): Promise<Uint8Array> {
  if (degradation === "none") return rgb;
  const strength = byteOf(hash, 1) / 255;
  const picture = sharp(rgb, { raw: { width: SIDE, height: SIDE, channels: 3 } });
  switch (degradation) {
    case "blurred":
      return toBytes(picture.blur(5 + 4 * strength));
    case "dark":
      return toBytes(picture.linear(0.22 - 0.12 * strength, 0));
    case "blownOut":
      return toBytes(picture.linear(2 + strength, 60));
  }
}

async function toBytes(picture: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await picture.raw().toBuffer());
}

function byteOf(hash: ImageHash, position: number): number {
  return Number.parseInt(hash.slice(2 * position, 2 * position + 2), 16);
}
