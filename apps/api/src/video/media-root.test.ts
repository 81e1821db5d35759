import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MediaRoot } from "./media-root.js";

let folder: string;
let root: MediaRoot;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-media-"));
  await mkdir(join(folder, "media/news"), { recursive: true });
  await mkdir(join(folder, "media-of-others"));
  await writeFile(join(folder, "media/news/a.mp4"), "a");
  await writeFile(join(folder, "media-of-others/b.mp4"), "b");
  await symlink(join(folder, "media/news/a.mp4"), join(folder, "media/inside.mp4"));
  await symlink(join(folder, "media-of-others/b.mp4"), join(folder, "media/outside.mp4"));
  await symlink(join(folder, "media-of-others"), join(folder, "media/others"));
  root = new MediaRoot(join(folder, "media"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["news/a.mp4", "news/a.mp4"],
  ["./news//a.mp4", "news/a.mp4"],
  ["inside.mp4", "inside.mp4"],
])("%s is admitted as %s", async (path, kept) => {
  expect(await root.admit(path)).toBe(kept);
});

test.each([
  ["../media-of-others/b.mp4", "PATH_NOT_ALLOWED"],
  ["news/../news/a.mp4", "PATH_NOT_ALLOWED"],
  ["/etc/passwd", "PATH_NOT_ALLOWED"],
  ["outside.mp4", "PATH_NOT_ALLOWED"],
  ["others/b.mp4", "PATH_NOT_ALLOWED"],
  ["", "PATH_NOT_ALLOWED"],
  ["news/a.mp4\u0000", "PATH_NOT_ALLOWED"],
  ["x".repeat(1025), "PATH_NOT_ALLOWED"],
  ["news", "FILE_NOT_FOUND"],
  ["news/absent.mp4", "FILE_NOT_FOUND"],
])("%j is refused as %s", async (path, code) => {
  await expect(root.admit(path)).rejects.toMatchObject({ code, field: "source.path" });
});

test("a root that is no folder is known before a path is asked for", async () => {
  expect(await new MediaRoot(undefined).isThere()).toBe(true);
  expect(await new MediaRoot(join(folder, "media")).isThere()).toBe(true);
  expect(await new MediaRoot(join(folder, "nowhere")).isThere()).toBe(false);
});

test("without a media root no path is admitted", async () => {
  await expect(new MediaRoot(undefined).admit("news/a.mp4")).rejects.toMatchObject({ code: "PATH_NOT_ALLOWED" });
});
