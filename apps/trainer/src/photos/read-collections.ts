import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { checkPhotos } from "./check-photos.js";
import { PhotosError } from "./errors.js";
import type { FoundPhoto } from "./look-at-pictures.js";
import type { Interest, PhotoCollection } from "./photo.js";

const PICTURE = /\.(jpe?g|png|webp|avif|gif)$/i;
/** Fewer cannot be told apart: a viewer likes one, so a video needs another. */
const FEWEST_INTERESTS = 2;
/** One is liked, another is shown. */
const FEWEST_PHOTOS = 2;

/**
 * Reads folders of interests: each holds one folder of photos per interest. A folder of such folders counts as several.
 * Every photo is looked at before anything long begins: what cannot be read, and what is there twice, is left out, each
 * with a line that names it.
 *
 * @param folders      as the person gave them
 * @param pictureNotes a file in which it is noted which pictures were found whole, so that the next run need not look
 * @param report       takes a line for people
 * @throws PhotosError where a folder is missing or cannot make viewers and videos
 */
export async function readCollections(
  folders: readonly string[],
  pictureNotes: string,
  report: (line: string) => void,
): Promise<PhotoCollection[]> {
  if (folders.length === 0) throw new PhotosError("No folder of photos is given: say --photos DIR.");
  const found = eachFolderOnce((await Promise.all(folders.map(findCollections))).flat());
  const usable = await checkPhotos(
    found.flatMap(({ interests }) => interests.flatMap(({ photos }) => photos)),
    pictureNotes,
    report,
  );
  const names = uniqueNames(found.map(({ name }) => name));
  return found.map(({ interests, given }, i) => {
    const name = names[i] ?? given;
    const enough: Interest[] = [];
    for (const { label, photos } of interests) {
      const whole = photos.flatMap((photo) => usable.get(photo.file) ?? []);
      if (whole.length >= FEWEST_PHOTOS) enough.push({ id: `${name}/${label}`, label, photos: whole });
      else
        report(
          `Left out: the interest "${label}" of ${given} has ${count(whole.length, "usable photo")}: it takes ${FEWEST_PHOTOS}.`,
        );
    }
    if (enough.length < FEWEST_INTERESTS) {
      throw new PhotosError(
        `${given} has ${count(enough.length, "interest")} of at least ${FEWEST_PHOTOS} usable photos: it takes at least ${FEWEST_INTERESTS} interests, one folder of photos each.`,
      );
    }
    return { name, interests: enough };
  });
}

interface FoundCollection {
  /** The folder as the person gave it, for messages. */
  readonly given: string;
  readonly name: string;
  readonly interests: readonly { readonly label: string; readonly photos: readonly FoundPhoto[] }[];
}

function eachFolderOnce(collections: readonly FoundCollection[]): FoundCollection[] {
  return [...new Map(collections.map((collection) => [resolve(collection.given), collection])).values()];
}

async function findCollections(given: string): Promise<FoundCollection[]> {
  const collection = await findCollection(given);
  if (collection.interests.length > 0) return [collection];

  const inside = await Promise.all((await listFolder(given)).folders.map((name) => findCollection(join(given, name))));
  const several = inside.filter(({ interests }) => interests.length > 0);
  if (several.length === 0)
    throw new PhotosError(`${given} has no folder with photos in it: it takes one folder of photos per interest.`);
  return several;
}

async function findCollection(given: string): Promise<FoundCollection> {
  const { folders } = await listFolder(given);
  const interests = await Promise.all(
    folders.map(async (label) => {
      const { files } = await listFolder(join(given, label));
      return { label, photos: files.map((file) => ({ name: `${label}/${file}`, file: join(given, label, file) })) };
    }),
  );
  return { given, name: basename(resolve(given)), interests: interests.filter(({ photos }) => photos.length > 0) };
}

/** Names in one order on every machine, so that a seed means the same everywhere. */
async function listFolder(folder: string): Promise<{ folders: string[]; files: string[] }> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new PhotosError(`${folder} is not a folder that can be read.`, { cause });
  }
  const visible = entries.filter(({ name }) => !name.startsWith("."));
  const sorted = (wanted: typeof entries) => wanted.map(({ name }) => name).sort();
  return {
    folders: sorted(visible.filter((entry) => entry.isDirectory())),
    files: sorted(visible.filter((entry) => entry.isFile() && PICTURE.test(entry.name))),
  };
}

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; taken.has(unique) || (unique !== name && names.includes(unique)); n++) unique = `${name}-${n}`;
    taken.add(unique);
    return unique;
  });
}

function count(number: number, noun: string): string {
  return `${number === 0 ? "no" : number} ${noun}${number === 1 ? "" : "s"}`;
}
