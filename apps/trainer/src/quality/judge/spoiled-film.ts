import type { FfmpegTools } from "@facet/frame-extraction";
import { seededRandom, type Random } from "../../random.js";
import { between } from "../material/chance.js";
import { blend, CANVAS, openCanvas, toCanvas, type Canvas } from "../material/canvas.js";
import { drawCredits, drawTitle } from "../material/draw-writing.js";
import type { FilmSize } from "../material/encode-film.js";
import { readScene, type SourceVideo } from "./source-video.js";

/** Slow enough to be quick to make, fast enough for cuts and fades to be found. */
const RATE = 12;
export const SPOILED_FILM: FilmSize = { ...CANVAS, rate: RATE };

/** Why a frame is no cover. A fade shows two pictures, or half of one. */
export type FrameSpoil = "black" | "title" | "credits" | "blur" | "dark" | "glare" | "fade";
export type FrameTruth = "sound" | FrameSpoil;

export interface FilmFrame {
  readonly rgb: Canvas;
  readonly truth: FrameTruth;
}

const SCENE_SECONDS = [1.2, 2.6] as const;
const SOUND_SCENES = 3;
const SPOILED_SCENES = 4;
const FADE_FRAMES = [5, 12] as const;
/** A frame of a fade is spoiled where it is mixed at least so far. */
const MIXED = 0.15;

/**
 * A film of scenes of real clips, in which it is known of every frame whether and how it is spoiled: black leader, titles
 * and credits on plain grounds and over the picture, blurred, dark and glaring scenes; scenes are joined by cuts,
 * dissolves and fades through black. Sound scenes are as the clips have them.
 */
export async function makeSpoiledFilm(
  sources: readonly SourceVideo[],
  tools: FfmpegTools,
  ...seed: readonly (string | number)[]
): Promise<FilmFrame[]> {
  const random = seededRandom("spoiled film", ...seed);
  const kinds: FrameTruth[] = random.shuffle([
    ...Array.from({ length: SOUND_SCENES }, () => "sound" as const),
    ...random
      .shuffle(["black", "title", "title", "credits", "blur", "dark", "glare"] as const)
      .slice(0, SPOILED_SCENES),
  ]);
  const scenes: FilmFrame[][] = [];
  for (const [place, truth] of kinds.entries()) {
    const scene = await takeScene(random.pick(sources), tools, random);
    const spoiled = await spoilScene(scene, truth, () => seededRandom("scene", place, ...seed));
    scenes.push(spoiled.map((rgb) => ({ rgb, truth })));
  }
  return joinScenes(scenes, random);
}

function takeScene(source: SourceVideo, tools: FfmpegTools, random: Random): Promise<Canvas[]> {
  const seconds = between(random, ...SCENE_SECONDS);
  const room = Math.max(0, source.toMs - source.fromMs - seconds * 1000);
  return readScene(source, source.fromMs + room * random.fraction(), Math.round(seconds * RATE), RATE, tools);
}

/** @param again chance from the same start for every frame: a title stands still */
async function spoilScene(
  scene: readonly Canvas[],
  truth: FrameTruth,
  again: () => Random,
): Promise<readonly Canvas[]> {
  const each = (spoil: (frame: Canvas, random: Random) => Promise<Canvas>): Promise<Canvas[]> =>
    Promise.all(scene.map((frame) => spoil(frame, again())));
  switch (truth) {
    case "black":
      return scene.map((frame) => new Uint8Array(frame.length));
    case "title":
      return each(drawTitle);
    case "credits":
      return each(drawCredits);
    case "blur":
      return each((frame, random) => toCanvas(openCanvas(frame).blur(between(random, 4, 9))));
    case "dark":
      return each((frame, random) => toCanvas(openCanvas(frame).linear(between(random, 0.12, 0.25), 0)));
    case "glare":
      return each((frame, random) =>
        toCanvas(openCanvas(frame).linear(between(random, 2, 3), between(random, 40, 90))),
      );
    case "fade":
    case "sound":
      return scene;
  }
}

function joinScenes(scenes: readonly FilmFrame[][], random: Random): FilmFrame[] {
  const film: FilmFrame[] = [];
  for (const scene of scenes) {
    const [before, after] = [film.at(-1), scene[0]];
    const join = random.pick(["cut", "dissolve", "black"] as const);
    if (before && after && join !== "cut") {
      const length = Math.round(between(random, ...FADE_FRAMES));
      for (let step = 1; step <= length; step++) film.push(fadeFrame(before, after, step / (length + 1), join));
    }
    film.push(...scene);
  }
  return film;
}

function fadeFrame(before: FilmFrame, after: FilmFrame, share: number, join: "dissolve" | "black"): FilmFrame {
  const nearer = share < 0.5 ? before : after;
  if (join === "black") {
    const dimmed = Math.abs(2 * share - 1);
    const rgb = blend(new Uint8Array(nearer.rgb.length), nearer.rgb, dimmed);
    return { rgb, truth: 1 - dimmed >= MIXED ? "fade" : nearer.truth };
  }
  const truth = Math.min(share, 1 - share) >= MIXED ? "fade" : nearer.truth;
  return { rgb: blend(before.rgb, after.rgb, share), truth };
}
