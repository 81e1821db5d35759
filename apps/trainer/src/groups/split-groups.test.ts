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

test("about a fifth of the videos is set aside, and no video is on both sides, whoever it was shown to", () => {
  const { training, validation } = splitGroups(nameGroups(500, 3));
  expect(videosOf(validation).size).toBeGreaterThan(75);
  expect(videosOf(validation).size).toBeLessThan(125);
  expect(training.length + validation.length).toBe(1500);
  expect([...videosOf(training)].filter((hash) => videosOf(validation).has(hash))).toEqual([]);
});

test("what was set aside is set aside, and what was trained on is trained on, when there are more videos", () => {
  const before = splitGroups(nameGroups(50, 1));
  const after = splitGroups(nameGroups(400, 1));
  const videos = videosOf(nameGroups(50, 1));
  expect(before.validation.length).toBeGreaterThan(1);
  expect(new Set([...videosOf(after.validation)].filter((hash) => videos.has(hash)))).toEqual(
    videosOf(before.validation),
  );
});

test.each([2, 3, 4, 5])("of %i videos at least one is on either side", (videos) => {
  const { training, validation } = splitGroups(nameGroups(videos, 2));
  expect(training.length).toBeGreaterThan(0);
  expect(validation.length).toBeGreaterThan(0);
});

test("the same videos are set aside whatever the order of the lines", () => {
  const groups = nameGroups(10, 1);
  expect(videosOf(splitGroups([...groups].reverse()).validation)).toEqual(videosOf(splitGroups(groups).validation));
});

test("one video is too few, and none asks for nothing", () => {
  expect(() => splitGroups(nameGroups(1, 5))).toThrow(GroupsError);
  expect(splitGroups([])).toEqual({ training: [], validation: [] });
});
