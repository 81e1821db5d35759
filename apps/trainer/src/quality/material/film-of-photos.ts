import type { FfmpegTools } from "@facet/frame-extraction";
import type { Random } from "../../random.js";
import { between } from "./chance.js";
import { blend, openCanvas, type Canvas } from "./canvas.js";
import { encodeFilm, type FilmSize } from "./encode-film.js";

const FILM: FilmSize = { width: 320, height: 180, rate: 25 };
/** Frames that a shot is held for, without its transitions. */
const HELD = { fewest: 18, most: 36 };
const TRANSITION = { fewest: 8, most: 24 };
/** A frame shows a transition where it is mixed at least so far. */
const MIXED = 0.15;

/** One frame, and what is true of it. */
export interface FilmFrame {
  readonly rgb: Uint8Array;
  readonly truth: "held" | "transition" | "edge";
}

/** Codes a film of photos as a video is coded: with loss. */
export function encodeFilmOfPhotos(frames: readonly FilmFrame[], tools: FfmpegTools, file: string): Promise<void> {
  return encodeFilm(
    frames.map(({ rgb }) => rgb),
    FILM,
    tools,
    file,
  );
}

/**
 * A film of photos: a slow pan over each, joined by cuts, dissolves and fades through black. It is there so that the
 * detector of cuts and fades is judged by what it says of real, coded frames.
 */
export async function makeFilm(photos: readonly Canvas[], random: Random): Promise<FilmFrame[]> {
  const frames: FilmFrame[] = [];
  for (const photo of photos) {
    const shot = await panOver(photo, HELD.fewest + random.below(HELD.most - HELD.fewest), random);
    const kind = frames.length === 0 ? "cut" : random.pick(["cut", "dissolve", "dissolve", "black"]);
    const length = TRANSITION.fewest + random.below(TRANSITION.most - TRANSITION.fewest);
    const before = frames.at(-1)?.rgb;
    const first = shot[0];
    if (before && first && kind !== "cut") {
      const black = new Uint8Array(first.length);
      for (let step = 1; step <= length; step++) {
        const share = step / (length + 1);
        const toBlack = share < 0.5 ? blend(before, black, 2 * share) : blend(black, first, 2 * share - 1);
        const truth = Math.min(share, 1 - share) * (kind === "black" ? 2 : 1) >= MIXED ? "transition" : "edge";
        frames.push({ rgb: kind === "black" ? toBlack : blend(before, first, share), truth });
      }
    }
    frames.push(...shot.map((rgb): FilmFrame => ({ rgb, truth: "held" })));
  }
  return frames;
}

async function panOver(photo: Canvas, count: number, random: Random): Promise<Uint8Array[]> {
  const { width, height } = FILM;
  const wide = { width: Math.round(width * 1.2), height: Math.round(height * 1.2) };
  const ground = new Uint8Array(await openCanvas(photo).resize(wide.width, wide.height).raw().toBuffer());
  const [roomX, roomY] = [wide.width - width, wide.height - height];
  const speed = between(random, -1, 1);
  const [x, y] = [roomX * between(random, 0.3, 0.7), roomY * random.fraction()];
  return Array.from({ length: count }, (_, frame) => {
    const left = Math.round(Math.min(roomX, Math.max(0, x + speed * frame)));
    return crop(ground, wide.width, left, Math.round(y));
  });
}

function crop(ground: Uint8Array, groundWidth: number, left: number, top: number): Uint8Array {
  const { width, height } = FILM;
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((top + row) * groundWidth + left);
    rgb.set(ground.subarray(from, from + 3 * width), 3 * row * width);
  }
  return rgb;
}
