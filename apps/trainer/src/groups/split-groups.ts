import { createHash } from "node:crypto";
import type { CheckedGroup } from "./check-groups.js";
import { GroupsError } from "./errors.js";

const VALIDATION_SHARE = 0.2;

/**
 * Sets groups aside for validation by the hash of their video, so that a video is never on both sides, whoever it was
 * shown to. A fifth of the videos, and at least one.
 *
 * @throws GroupsError where there is one video only
 */
export function splitGroups(groups: readonly CheckedGroup[]): {
  readonly training: CheckedGroup[];
  readonly validation: CheckedGroup[];
} {
  const videos = [...new Set(groups.map(({ video }) => video.hash))].sort(byPlace);
  if (videos.length === 1) {
    throw new GroupsError(
      "The groups have one video between them: it takes 2, one to train on and one to validate on.",
    );
  }
  const validated = new Set(
    videos.slice(0, videos.length > 0 ? Math.max(1, Math.round(VALIDATION_SHARE * videos.length)) : 0),
  );
  return {
    training: groups.filter(({ video }) => !validated.has(video.hash)),
    validation: groups.filter(({ video }) => validated.has(video.hash)),
  };
}

function byPlace(a: string, b: string): number {
  return Buffer.compare(placeOf(a), placeOf(b));
}

function placeOf(hash: string): Buffer {
  return createHash("sha256").update(`validation ${hash}`).digest();
}
