import { readFile } from "node:fs/promises";
import type { FrameQuality } from "@facet/domain";
import { measureQuality, readPicture } from "@facet/frame-extraction";
import { degrade, SIDE, type Degradation } from "./degrade.js";
import type { Photo } from "./photo.js";

export interface DecodedPhoto {
  /** [224, 224, 3] RGB bytes: the whole photo squashed to the encoder's input, then spoiled as told. */
  readonly rgb: Uint8Array;
  readonly quality: FrameQuality;
}

/** Reads a photo as the service reads a liked image. */
export async function decodePhoto(photo: Photo, degradation: Degradation): Promise<DecodedPhoto> {
  const picture = await readPicture(await readFile(photo.file));
  if (degradation === "none") return picture;
  const rgb = await degrade(picture.rgb, degradation, photo.hash);
  return { rgb, quality: measureQuality(rgb, SIDE, SIDE) };
}
