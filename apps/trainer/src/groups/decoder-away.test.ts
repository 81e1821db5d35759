import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseImageHash } from "@facet/domain";
import type * as FrameExtraction from "@facet/frame-extraction";
import { DecoderUnavailableError } from "@facet/frame-extraction";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { checkGroups } from "./check-groups.js";
import { prepareGroups } from "./prepare-groups.js";

vi.mock("@facet/frame-extraction", async (importOriginal) => ({
  ...(await importOriginal<typeof FrameExtraction>()),
  findFfmpeg: () =>
    Promise.resolve({ ffmpegPath: "/nowhere/ffmpeg", ffprobePath: "/nowhere/ffprobe", version: "5.1", origin: "npm" }),
}));

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-groups-"));
  file = join(folder, "film.mp4");
  await writeFile(file, "would be a video");
});
afterAll(() => rm(folder, { recursive: true }));

const where = "groups.jsonl:1";

test("a decoder that cannot be run is no fault of the groups whose videos are looked at", async () => {
  const checking = checkGroups([{ where, video: file, likes: [] }], join(folder, "notes.txt"));
  await expect(checking).rejects.toBeInstanceOf(DecoderUnavailableError);
});

test("nor of those whose videos are decoded: none is left out", async () => {
  const group = { where, video: { file, hash: parseImageHash("0".repeat(64)), durationMs: 1000 }, likes: [] };
  const preparing = prepareGroups(
    { training: [group], validation: [group] },
    {
      cacheFolder: join(folder, "cache"),
      encoder: { version: "none", width: 1 } as never,
      skipBadGroups: true,
      say: () => undefined,
    },
  );
  await expect(preparing).rejects.toBeInstanceOf(DecoderUnavailableError);
});
