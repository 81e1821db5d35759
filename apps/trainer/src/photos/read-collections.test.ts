import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PhotosError } from "./errors.js";
import { addInterest, makeInterestFolder, makeTempFolder } from "./photo-folders.fixture.js";
import { readCollections } from "./read-collections.js";

/** Reads with notes of its own, and keeps what was said. */
async function read(...folders: string[]) {
  const said: string[] = [];
  const notes = join(await makeTempFolder(), "notes.txt");
  const collections = await readCollections(folders, notes, (line) => said.push(line));
  return { collections, said, notes };
}

test("a folder of interests is one collection, in the order of its names", async () => {
  const { collections, said } = await read(await makeInterestFolder(3, 2));
  expect(collections).toHaveLength(1);
  expect(collections[0]?.interests.map(({ label }) => label)).toEqual(["interest-0", "interest-1", "interest-2"]);
  expect(collections[0]?.interests[0]?.photos.map(({ name }) => name)).toEqual([
    "interest-0/0.png",
    "interest-0/1.png",
  ]);
  expect(said).toEqual([]);
});

test("a folder of such folders is several collections", async () => {
  const outer = await makeTempFolder();
  await addInterest(join(outer, "kind-a"), 0, 2);
  await addInterest(join(outer, "kind-a"), 1, 2);
  await addInterest(join(outer, "kind-b"), 2, 2);
  await addInterest(join(outer, "kind-b"), 3, 2);
  const { collections } = await read(outer);
  expect(collections.map(({ name }) => name)).toEqual(["kind-a", "kind-b"]);
});

test("a folder given twice is read once", async () => {
  const folder = await makeInterestFolder(2, 2);
  const { collections, said } = await read(folder, `${folder}/`);
  expect(collections).toHaveLength(1);
  expect(said).toEqual([]);
});

test("interests of one label in two folders of one name are two interests", async () => {
  const [one, two] = [join(await makeTempFolder(), "photos"), join(await makeTempFolder(), "photos")];
  for (const interest of [0, 1]) await addInterest(one, interest, 2);
  for (const interest of [0, 1]) await addInterest(two, interest, 4);
  // Other pictures under the same label: the first two would be the same as in the first folder.
  const { collections } = await read(one, two);
  const ids = collections.flatMap(({ interests }) => interests.map(({ id }) => id));
  expect(ids).toEqual(["photos/interest-0", "photos/interest-1", "photos-2/interest-0", "photos-2/interest-1"]);
});

test("a folder's name is its own, though another is named as its second would be", async () => {
  const parents = [await makeTempFolder(), await makeTempFolder(), await makeTempFolder()];
  const folders = parents.map((parent, i) => join(parent, i === 2 ? "photos-2" : "photos"));
  for (const [i, folder] of folders.entries()) {
    await addInterest(folder, 2 * i, 2);
    await addInterest(folder, 2 * i + 1, 2);
  }
  const { collections } = await read(...folders);
  expect(collections.map(({ name }) => name)).toEqual(["photos", "photos-3", "photos-2"]);
});

test("a broken picture is left out and named, a cut one too", async () => {
  const folder = await makeInterestFolder(2, 4);
  await writeFile(join(folder, "interest-0", "0.png"), "not a picture");
  const whole = await readFile(join(folder, "interest-1", "2.png"));
  await writeFile(join(folder, "interest-1", "2.png"), whole.subarray(0, whole.length / 2));
  const { collections, said } = await read(folder);
  expect(collections[0]?.interests.map(({ photos }) => photos.length)).toEqual([3, 3]);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain("interest-0/0.png cannot be read");
  expect(said[1]).toContain("interest-1/2.png cannot be read");
});

test("a picture that is there a second time, under whatever name, is left out and both are named", async () => {
  const folder = await makeInterestFolder(2, 3);
  await copyFile(join(folder, "interest-0", "1.png"), join(folder, "interest-1", "copy.png"));
  const { collections, said } = await read(folder);
  expect(collections[0]?.interests[1]?.photos).toHaveLength(3);
  expect(said).toEqual(["Left out: interest-1/copy.png is the same picture as interest-0/1.png."]);
});

test("an interest with one photo is left out and named", async () => {
  const folder = await makeInterestFolder(2, 2);
  await addInterest(folder, 7, 1);
  const { collections, said } = await read(folder);
  expect(collections[0]?.interests).toHaveLength(2);
  expect(said.join()).toContain('the interest "interest-7"');
  expect(said.join()).toContain("has 1 usable photo: it takes 2");
});

test("one interest only is an error that says what a folder takes", async () => {
  await expect(read(await makeInterestFolder(1, 5))).rejects.toThrow(
    "has 1 interest of at least 2 usable photos: it takes at least 2",
  );
});

test("a folder that is missing, is empty, or has loose photos only is an error that names it", async () => {
  await expect(read("no/such/folder")).rejects.toThrow("no/such/folder is not a folder that can be read");
  const loose = await makeInterestFolder(1, 2);
  const empty = await makeTempFolder();
  await mkdir(join(empty, "nothing"));
  await expect(read(empty)).rejects.toThrow(PhotosError);
  await expect(read(join(loose, "interest-0"))).rejects.toThrow("has no folder with photos in it");
  await expect(read()).rejects.toThrow("--photos");
});

test("whole pictures are noted by their content, so that a renamed one is known", async () => {
  const folder = await makeInterestFolder(2, 2);
  const { notes } = await read(folder);
  const noted = await readFile(notes, "utf8");
  expect(noted.trim().split("\n")).toHaveLength(4);
  await rename(join(folder, "interest-0", "0.png"), join(folder, "interest-0", "9.png"));
  await readCollections([folder], notes, () => undefined);
  expect(await readFile(notes, "utf8")).toBe(noted);
});
