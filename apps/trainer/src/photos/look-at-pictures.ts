import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseImageHash, type ImageHash } from "@facet/domain";
import { readPicture } from "@facet/frame-extraction";
import { showProgress } from "../progress.js";

export interface FoundPhoto {
  /** Interest and file name, for messages. */
  readonly name: string;
  readonly file: string;
}

/** What looking at a picture told. */
export type Look =
  | { readonly kind: "whole"; readonly photo: FoundPhoto; readonly hash: ImageHash }
  | { readonly kind: "broken"; readonly photo: FoundPhoto; readonly problem: string };

/** Enough to keep the disk and both decoders busy without holding every photo in memory. */
const AT_ONCE = 16;

/**
 * Finds out which pictures can be decoded. Whole ones are noted by their hash, so that each is decoded for this only
 * once, however often it is used.
 *
 * @returns one for each picture, in their order
 */
export async function lookAtPictures(found: readonly FoundPhoto[], notesFile: string): Promise<Look[]> {
  const whole = await readNotes(notesFile);
  const looked = await lookAtAll(found, whole);
  await addNotes(notesFile, whole, looked);
  return looked;
}

async function lookAtAll(found: readonly FoundPhoto[], whole: ReadonlySet<string>): Promise<Look[]> {
  const progress = showProgress("Looking at photos", found.length);
  try {
    const looked: Look[] = [];
    for (let start = 0; start < found.length; start += AT_ONCE) {
      looked.push(...(await Promise.all(found.slice(start, start + AT_ONCE).map((photo) => lookAt(photo, whole)))));
      progress.update(looked.length);
    }
    return looked;
  } finally {
    progress.stop();
  }
}

async function lookAt(photo: FoundPhoto, whole: ReadonlySet<string>): Promise<Look> {
  try {
    const bytes = await readFile(photo.file);
    const hash = parseImageHash(createHash("sha256").update(bytes).digest("hex"));
    if (!whole.has(hash)) await readPicture(bytes);
    return { kind: "whole", photo, hash };
  } catch (error) {
    return { kind: "broken", photo, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  // The system's own words hold the whole path.
  if ("syscall" in error) return `it cannot be opened: ${"code" in error ? String(error.code) : "no reason told"}`;
  return error.message.split("\n", 1)[0] ?? "";
}

async function readNotes(notesFile: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await readFile(notesFile, "utf8")).split("\n"));
  } catch {
    return new Set(); // no notes yet: every picture is looked at
  }
}

async function addNotes(notesFile: string, whole: ReadonlySet<string>, looked: readonly Look[]): Promise<void> {
  const fresh = looked.flatMap((look) => (look.kind === "whole" && !whole.has(look.hash) ? [look.hash] : []));
  if (fresh.length === 0) return;
  await mkdir(dirname(notesFile), { recursive: true });
  await appendFile(notesFile, fresh.map((hash) => `${hash}\n`).join(""));
}
