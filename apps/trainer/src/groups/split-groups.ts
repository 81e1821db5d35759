import { createHash } from "node:crypto";
import type { CheckedGroup } from "./check-groups.js";
import { GroupsError } from "./errors.js";

const VALIDATION_SHARE = 0.2;

/**
 * Sets groups aside for validation by the hash of their video, so that a video is never on both sides, whoever it was
 * shown to. About a fifth of the videos; at least one, and not all. Which side a video is on does not depend on the
 * others: the groups of next month may be these and more, and those set aside now are not trained on then.
 *
 * @throws GroupsError where there is one video only
 */
export function splitGroups(groups: readonly CheckedGroup[]): {
  readonly training: CheckedGroup[];
  readonly validation: CheckedGroup[];
} {
  const videos = [...new Set(groups.map(({ video }) => video.hash))].sort((a, b) => placeOf(a) - placeOf(b));
  if (videos.length === 1) {
    throw new GroupsError(
      "The groups have one video between them: it takes 2, one to train on and one to validate on.",
    );
  }
  const inShare = videos.filter((hash) => placeOf(hash) < VALIDATION_SHARE).length;
  const validated = new Set(videos.slice(0, Math.min(Math.max(inShare, 1), videos.length - 1)));
  return {
    training: groups.filter(({ video }) => !validated.has(video.hash)),
    validation: groups.filter(({ video }) => validated.has(video.hash)),
  };
}

/** 0..1, as good as by chance. */
function placeOf(hash: string): number {
  return createHash("sha256").update(`validation ${hash}`).digest().readUInt32LE() / 2 ** 32;
}
