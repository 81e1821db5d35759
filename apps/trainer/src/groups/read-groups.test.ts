import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawLikes, makeClip, writeGroups } from "./clips.fixture.js";
import { GroupsError } from "./errors.js";
import { GROUP_LIMITS } from "./group-line.js";
import { readGroups, type GroupsWish } from "./read-groups.js";

let folder: string;
let video: string;
let likes: string[];
let said: string[];
let wish: GroupsWish;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-groups-"));
  video = await makeClip(folder, "clip", [0, 1, 2]);
  likes = await drawLikes(folder, 0, 3);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  said = [];
  wish = {
    labels: "cover",
    skipBadGroups: false,
    notesFile: join(folder, "notes.txt"),
    say: (line) => said.push(line),
  };
});

const whole = () => ({ video, category: "shapes", coverMs: 1000, likes });

test("paths are relative to the file, whatever its line ends", async () => {
  const file = join(folder, "windows.jsonl");
  const line = JSON.stringify(whole());
  await writeFile(file, `\uFEFF${line}\r\n\r\n${line}\r\n`);
  const groups = await readGroups([file], wish);
  expect(groups.map(({ where }) => where)).toEqual(["windows.jsonl:1", "windows.jsonl:3"]);
  expect(groups[0]?.video).toMatchObject({ file: join(folder, video), durationMs: 6000 });
  expect(groups[0]?.likes.map(({ name }) => name)).toEqual(likes);
});

test("every faulty line is told with its number before any frame is decoded", async () => {
  await writeFile(join(folder, "broken.png"), "no picture");
  await writeFile(join(folder, "broken.mp4"), "no video");
  const file = await writeGroups(folder, [
    whole(),
    { ...whole(), video: "absent.mp4" },
    { ...whole(), video: "broken.mp4" },
    { ...whole(), likes: ["absent.png"] },
    { ...whole(), likes: ["broken.png"] },
    { ...whole(), coverMs: 6001 },
  ]);
  const message = await readGroups([file], wish).catch(String);
  expect(message).not.toContain("groups.jsonl:1:");
  expect(message).toMatch(/groups\.jsonl:2: "absent\.mp4" cannot be read as a video: there is no such file/);
  expect(message).toMatch(/groups\.jsonl:3: "broken\.mp4" cannot be read as a video/);
  expect(message).toMatch(/groups\.jsonl:4: the liked image absent\.png cannot be read/);
  expect(message).toMatch(/groups\.jsonl:5: the liked image broken\.png cannot be read/);
  expect(message).toMatch(/groups\.jsonl:6: the cover is at 6001 ms, and clip\.mp4 ends at 6000 ms/);
});

test("lines that make no sense are told before any file is opened", async () => {
  const file = await writeGroups(folder, [
    "{",
    { ...whole(), cover: 1 },
    { video, likes },
    { ...whole(), video: "absent.mp4" },
  ]);
  const message = await readGroups([file], wish).catch(String);
  expect(message).toMatch(
    /3 groups are faulty.*jsonl:1: the line is not JSON.*jsonl:2: "cover" is no field.*jsonl:3: "coverMs" is missing/s,
  );
  expect(message).not.toContain("absent.mp4");
});

test("faulty lines are left out with a line each where that is asked for", async () => {
  const file = await writeGroups(folder, ["{", { ...whole(), video: "absent.mp4" }, whole()]);
  const groups = await readGroups([file], { ...wish, skipBadGroups: true });
  expect(groups.map(({ where }) => where)).toEqual(["groups.jsonl:3"]);
  expect(said).toEqual([
    "Left out: groups.jsonl:1: the line is not JSON.",
    expect.stringMatching(/^Left out: groups.jsonl:2: "absent.mp4"/),
  ]);
});

test("of files of the same name each is told by its path, and a fault of one leaves nothing of the other out", async () => {
  const away = join(folder, "away");
  await mkdir(away, { recursive: true });
  const here = await writeGroups(folder, [whole(), { video, likes }]);
  const there = await writeGroups(away, [{ video, likes }, "{", { ...whole(), video: "absent.mp4" }]);
  const groups = await readGroups([here, there], { ...wish, skipBadGroups: true });
  expect(groups.map(({ where }) => where)).toEqual([`${here}:1`]);
  expect(said.map((line) => /^Left out: (.*?:\d+):/.exec(line)?.[1])).toEqual([
    `${there}:2`,
    `${here}:2`,
    `${there}:1`,
    `${there}:3`,
  ]);
});

test("training on categories needs the category, and no cover", async () => {
  const category = { ...wish, labels: "category" as const };
  const without = await writeGroups(folder, [{ video, category: "shapes", likes }]);
  expect(await readGroups([without], category)).toHaveLength(1);
  const nameless = await writeGroups(folder, [{ video, coverMs: 1, likes }]);
  await expect(readGroups([nameless], category)).rejects.toThrow(/jsonl:1: "category" is missing/);
});

test("a picture that was liked twice counts once, as new as the last time; of many likes the newest count", async () => {
  const [first = "", second = "", third = ""] = likes;
  const twice = await writeGroups(folder, [{ ...whole(), likes: [first, second, first, third] }]);
  const [group] = await readGroups([twice], wish);
  expect(group?.likes.map(({ name }) => name)).toEqual([second, first, third]);
  const old = Array<string>(GROUP_LIMITS.likesUsed).fill(third);
  const many = await writeGroups(folder, [{ ...whole(), likes: ["absent.png", ...old] }]);
  expect((await readGroups([many], wish))[0]?.likes.map(({ name }) => name)).toEqual([third]);
});

test.each([
  ["an absent file", "absent.jsonl", "cannot be read|can be read"],
  ["a folder", ".", "is not a file"],
])("%s is refused by its name", async (_, name, words) => {
  const reading = readGroups([join(folder, name)], wish);
  await expect(reading).rejects.toThrow(GroupsError);
  await expect(reading).rejects.toThrow(new RegExp(words));
});

test("a file without a group is refused", async () => {
  await expect(readGroups([await writeGroups(folder, [""])], wish)).rejects.toThrow(/there is no group/);
});
