import { createHash } from "node:crypto";
import { parseImageHash } from "@facet/domain";
import { expect, test } from "vitest";
import type { CheckedGroup } from "./check-groups.js";
import { GroupsError } from "./errors.js";
import { splitGroups } from "./split-groups.js";

function nameGroups(videos: number, viewersEach: number): CheckedGroup[] {
  return Array.from({ length: videos * viewersEach }, (_, n) => {
    const file = `${n % videos}.mp4`;
    const hash = parseImageHash(createHash("sha256").update(file).digest("hex"));
    return { where: `groups.jsonl:${n + 1}`, video: { file, hash, durationMs: 1000 }, likes: [] };
  });
}

const videosOf = (groups: readonly CheckedGroup[]) => new Set(groups.map(({ video }) => video.hash));

test("a fifth of the videos is set aside, and no video is on both sides, whoever it was shown to", () => {
  const { training, validation } = splitGroups(nameGroups(20, 3));
  expect(videosOf(validation).size).toBe(4);
  expect(training).toHaveLength(48);
  expect([...videosOf(training)].filter((hash) => videosOf(validation).has(hash))).toEqual([]);
});

test("the same videos are set aside whatever the order of the lines", () => {
  const groups = nameGroups(10, 1);
  expect(videosOf(splitGroups([...groups].reverse()).validation)).toEqual(videosOf(splitGroups(groups).validation));
});

test("one video is too few, and none asks for nothing", () => {
  expect(() => splitGroups(nameGroups(1, 5))).toThrow(GroupsError);
  expect(splitGroups([])).toEqual({ training: [], validation: [] });
});
