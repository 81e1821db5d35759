import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractFrames, findFfmpeg, measureQuality } from "@facet/frame-extraction";
import type { Photo, PhotoCollection } from "../../photos/photo.js";
import { showProgress } from "../../progress.js";
import { seededRandom } from "../../random.js";
import { SIDE, squash, takeCanvas, type Canvas } from "../material/canvas.js";
import { encodeFilmOfPhotos, makeFilm } from "../material/film-of-photos.js";
import { SPOILINGS, type Spoiling } from "../material/spoil.js";
import type { ExampleKind, QualityExample } from "./quality-example.js";

/** Photos in a film, each of another interest. */
const FILM_PHOTOS = 6;
/** Of a film every so many frames are looked at. */
const FILM_STEP = 4;

interface Shown {
  readonly interest: string;
  readonly photo: Photo;
}

/**
 * Examples of sound and spoiled pictures: each photo as it is and once in each spoiling, and frames of films of the same
 * photos, decoded by the extraction itself, so that steadiness is as it finds it.
 *
 * @param perInterest photos taken of each interest
 */
export async function makeExamples(
  collections: readonly PhotoCollection[],
  perInterest: number,
  seed: number,
): Promise<QualityExample[]> {
  const shown = collections.flatMap(({ name, interests }) =>
    interests.flatMap(({ label, photos }) =>
      seededRandom(seed, "photos", name, label)
        .shuffle(photos)
        .slice(0, perInterest)
        .map((photo): Shown => ({ interest: label, photo })),
    ),
  );
  const examples: QualityExample[] = [];
  const progress = showProgress("Spoiling photos", shown.length);
  let before: Canvas | undefined;
  try {
    for (const one of shown) {
      const canvas = await takeCanvas(one.photo.file);
      examples.push(...(await spoilPhoto(one, canvas, before ?? canvas, seed)));
      before = canvas;
      progress.update(examples.length / (1 + Object.keys(SPOILINGS).length));
    }
  } finally {
    progress.stop();
  }
  return [...examples, ...(await filmExamples(shown, seed))];
}

async function spoilPhoto(
  { interest, photo }: Shown,
  canvas: Canvas,
  other: Canvas,
  seed: number,
): Promise<QualityExample[]> {
  const measure = async (kind: ExampleKind, picture: Canvas): Promise<QualityExample> => ({
    ...{ interest, source: photo.hash, kind },
    quality: measureQuality(await squash(picture), SIDE, SIDE),
  });
  const kinds = Object.keys(SPOILINGS) as Spoiling[];
  const spoiled = kinds.map(async (kind) =>
    measure(kind, await SPOILINGS[kind](canvas, other, seededRandom(seed, kind, photo.hash))),
  );
  return Promise.all([measure("photo", canvas), ...spoiled]);
}

async function filmExamples(shown: readonly Shown[], seed: number): Promise<QualityExample[]> {
  const tools = await findFfmpeg();
  const folder = await mkdtemp(join(tmpdir(), "facet-quality-"));
  const mixed = seededRandom(seed, "films").shuffle(shown);
  const count = Math.ceil(mixed.length / FILM_PHOTOS);
  const progress = showProgress("Reading films of photos", count);
  const examples: QualityExample[] = [];
  try {
    for (let film = 0; film < count; film++) {
      const photos = mixed.slice(film * FILM_PHOTOS, (film + 1) * FILM_PHOTOS);
      const canvases = await Promise.all(photos.map(({ photo }) => takeCanvas(photo.file)));
      const frames = await makeFilm(canvases, seededRandom(seed, "film", film));
      const file = join(folder, `${film}.mp4`);
      await encodeFilmOfPhotos(frames, tools, file);
      // A film of several interests: its frames are alike, so they count as one of its own.
      const [interest, source] = [photos[0]?.interest ?? "", `film ${film} of ${photos[0]?.photo.hash ?? ""}`];
      for await (const { index, quality } of extractFrames(file, {
        ffmpeg: tools,
        rule: { kind: "everyNth", n: FILM_STEP },
      })) {
        const truth = frames[index]?.truth ?? "edge";
        if (truth !== "edge") examples.push({ interest, source, kind: truth, quality });
      }
      progress.update(film + 1);
    }
  } finally {
    progress.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return examples;
}
