import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { basename } from "node:path";
import { FacetError, parseImageHash, type ImageHash } from "@facet/domain";
import { DecoderError, findFfmpeg, probeVideo } from "@facet/frame-extraction";
import { lookAtPictures } from "../photos/look-at-pictures.js";
import type { Photo } from "../photos/photo.js";
import { showProgress } from "../progress.js";
import type { GroupFault } from "./errors.js";
import type { PlacedGroup } from "./read-lines.js";

/** A group whose files are there; the video's head was read, its frames were not. */
export interface CheckedGroup {
  readonly where: string;
  readonly video: GroupVideo;
  readonly category?: string;
  readonly coverMs?: number;
  /** Oldest first, no picture twice. */
  readonly likes: readonly Photo[];
}

export interface GroupVideo {
  readonly file: string;
  /** SHA-256 of its bytes. */
  readonly hash: ImageHash;
  readonly durationMs: number;
}

type Answer<T> = { readonly found: T } | { readonly problem: string };

/** Looks at every file that the groups name, each once. */
export async function checkGroups(
  groups: readonly PlacedGroup[],
  notesFile: string,
): Promise<{ groups: CheckedGroup[]; faults: GroupFault[] }> {
  const videos = await lookAtVideos(unique(groups.map(({ video }) => video)));
  const likes = await lookAtLikes(unique(groups.flatMap((group) => group.likes)), notesFile);
  const checked: CheckedGroup[] = [];
  const faults: GroupFault[] = [];
  for (const group of groups) {
    const answer = checkGroup(group, videos, likes);
    if ("problem" in answer) faults.push({ where: group.where, problem: answer.problem });
    else checked.push(answer.found);
  }
  return { groups: checked, faults };
}

function checkGroup(
  { where, video: file, category, coverMs, likes: files }: PlacedGroup,
  videos: ReadonlyMap<string, Answer<GroupVideo>>,
  pictures: ReadonlyMap<string, Answer<Photo>>,
): Answer<CheckedGroup> {
  const video = videos.get(file);
  if (!video || "problem" in video) return video ?? { problem: "its video was not looked at." };
  const { durationMs } = video.found;
  if (coverMs !== undefined && coverMs > durationMs) {
    return { problem: `the cover is at ${coverMs} ms, and ${basename(file)} ends at ${durationMs} ms.` };
  }
  const likes = new Map<ImageHash, Photo>();
  for (const like of files) {
    const picture = pictures.get(like);
    if (!picture || "problem" in picture) return picture ?? { problem: `${like} was not looked at.` };
    // Liked again, a picture is as new as the last time.
    likes.delete(picture.found.hash);
    likes.set(picture.found.hash, picture.found);
  }
  return {
    found: {
      where,
      video: video.found,
      likes: [...likes.values()],
      ...(category !== undefined && { category: category.trim() }),
      ...(coverMs !== undefined && { coverMs }),
    },
  };
}

async function lookAtVideos(files: readonly string[]): Promise<ReadonlyMap<string, Answer<GroupVideo>>> {
  const ffmpeg = await findFfmpeg();
  const progress = showProgress("Looking at videos", files.length);
  const answers = new Map<string, Answer<GroupVideo>>();
  try {
    for (const file of files) {
      try {
        const { durationMs } = await probeVideo(file, { ffmpeg });
        answers.set(file, { found: { file, durationMs, hash: await hashFile(file) } });
      } catch (error) {
        if (!(error instanceof FacetError) || error instanceof DecoderError) throw error; // no fault of the video
        answers.set(file, { problem: error.message });
      }
      progress.update(answers.size);
    }
  } finally {
    progress.stop();
  }
  return answers;
}

async function hashFile(file: string): Promise<ImageHash> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return parseImageHash(hash.digest("hex"));
}

async function lookAtLikes(files: readonly string[], notesFile: string): Promise<ReadonlyMap<string, Answer<Photo>>> {
  const named = files.map((file) => ({ file, name: basename(file) }));
  const looked = await lookAtPictures(named, notesFile);
  return new Map(
    looked.map((look) => [
      look.photo.file,
      look.kind === "whole"
        ? { found: { ...look.photo, hash: look.hash } }
        : { problem: `the liked image ${look.photo.name} cannot be read as a picture (${look.problem}).` },
    ]),
  );
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
