import type { ImageHash } from "@facet/domain";
import { lookAtPictures, type FoundPhoto } from "./look-at-pictures.js";
import type { Photo } from "./photo.js";

/** Of a folder that is broken throughout, a person reads this many lines and no more. */
const MOST_LINES = 20;

/**
 * Keeps the photos that can be decoded and are not there a second time.
 *
 * @returns the usable photos by their file
 */
export async function checkPhotos(
  found: readonly FoundPhoto[],
  notesFile: string,
  report: (line: string) => void,
): Promise<Map<string, Photo>> {
  const looked = await lookAtPictures(found, notesFile);
  const problems: string[] = [];
  const usable = new Map<string, Photo>();
  const first = new Map<ImageHash, { readonly file: string; readonly name: string }>();
  for (const look of looked) {
    const { file, name } = look.photo;
    if (look.kind === "broken") {
      problems.push(`Left out: ${name} cannot be read as a picture (${look.problem}).`);
      continue;
    }
    const twin = first.get(look.hash);
    if (twin !== undefined) {
      const [copy, original] = name === twin.name ? [file, twin.file] : [name, twin.name];
      problems.push(`Left out: ${copy} is the same picture as ${original}.`);
      continue;
    }
    first.set(look.hash, { file, name });
    usable.set(file, { hash: look.hash, file, name });
  }
  for (const problem of problems.slice(0, MOST_LINES)) report(problem);
  if (problems.length > MOST_LINES) report(`Left out: ${problems.length - MOST_LINES} more photos, for like reasons.`);
  return usable;
}
