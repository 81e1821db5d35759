import { createHash } from "node:crypto";
import { parseImageHash } from "@facet/domain";
import type { Interest } from "./photo.js";

/** Interests whose photos have hashes and names but no files: enough wherever no picture is decoded. */
export function nameInterests(count: number, photosEach: number, collection = "made-up"): Interest[] {
  return Array.from({ length: count }, (_, i) => {
    const label = `interest-${i}`;
    const photos = Array.from({ length: photosEach }, (_unused, n) => {
      const name = `${label}/${n}.jpg`;
      const hash = parseImageHash(createHash("sha256").update(`${collection} ${name}`).digest("hex"));
      return { hash, name, file: `${collection}/${name}` };
    });
    return { id: `${collection}/${label}`, label, photos };
  });
}
