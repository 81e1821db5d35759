import sharp from "sharp";
import type { Random } from "../../random.js";
import { blend, CANVAS, openCanvas, plainCanvas, toCanvas, type Canvas } from "./canvas.js";
import { between, chance, gaussian } from "./chance.js";
import { drawCaption, drawCredits, drawSmallTitle, drawTitle } from "./draw-writing.js";

const { width, height } = CANVAS;

/**
 * @param photo  what is spoiled
 * @param other  another photo, for what takes two
 */
type Spoil = (photo: Canvas, other: Canvas, random: Random) => Promise<Canvas>;

/** Everything that makes a frame a poor cover and that can be done to a photograph. How far, chance decides. */
export const SPOILINGS = {
  blur: (photo, _other, random) => toCanvas(openCanvas(photo).blur(between(random, 2.5, 8))),
  motion: (photo, _other, random) =>
    Promise.resolve(smear(photo, between(random, 14, 40), random.fraction() * Math.PI)),
  dark: (photo, _other, random) => toCanvas(openCanvas(photo).linear(between(random, 0.06, 0.28), 0)),
  glare: (photo, _other, random) =>
    toCanvas(openCanvas(photo).linear(between(random, 1.8, 3.2), between(random, 30, 80))),
  haze: (photo, _other, random) => {
    const left = between(random, 0.15, 0.4);
    const pale = openCanvas(photo).modulate({ saturation: between(random, 0.2, 0.7) });
    return toCanvas(pale.linear(left, between(random, 90, 170) * (1 - left)));
  },
  noise: (photo, _other, random) => Promise.resolve(addNoise(photo, between(random, 25, 70), random)),
  blocks: compress,
  dissolve: (photo, other, random) => Promise.resolve(blend(photo, other, between(random, 0.3, 0.7))),
  flat: flatten,
  slit: (photo, _other, random) => Promise.resolve(letterbox(photo, between(random, 0.2, 0.45))),
  title: (photo, _other, random) => drawTitle(photo, random),
  smallTitle: (photo, _other, random) => drawSmallTitle(photo, random),
  credits: (photo, _other, random) => drawCredits(photo, random),
  caption: (photo, _other, random) => drawCaption(photo, random),
} as const satisfies Record<string, Spoil>;

export type Spoiling = keyof typeof SPOILINGS;

/** These leave a picture that would still do where there is no better one. */
export const MILD_SPOILINGS: ReadonlySet<string> = new Set<Spoiling>(["caption", "slit"]);

/** What motion during the exposure does: the mean along a line. */
function smear(photo: Canvas, length: number, angle: number): Canvas {
  const steps = Math.ceil(length);
  const sums = new Float32Array(photo.length);
  for (let step = 0; step < steps; step++) {
    const along = (step / (steps - 1) - 0.5) * length;
    const [right, down] = [Math.round(along * Math.cos(angle)), Math.round(along * Math.sin(angle))];
    for (let y = 0, at = 0; y < height; y++) {
      const row = Math.min(height - 1, Math.max(0, y + down)) * width;
      for (let x = 0; x < width; x++, at += 3) {
        const from = 3 * (row + Math.min(width - 1, Math.max(0, x + right)));
        for (let channel = 0; channel < 3; channel++) {
          sums[at + channel] = (sums[at + channel] ?? 0) + (photo[from + channel] ?? 0);
        }
      }
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / steps));
}

/** Grain: the same in every channel for the most part. */
function addNoise(photo: Canvas, deviation: number, random: Random): Canvas {
  const noisy = new Uint8ClampedArray(photo);
  for (let at = 0; at < photo.length; at += 3) {
    const grain = gaussian(random) * deviation;
    for (let channel = 0; channel < 3; channel++) {
      noisy[at + channel] = (photo[at + channel] ?? 0) + grain + 0.3 * deviation * (random.fraction() - 0.5);
    }
  }
  return new Uint8Array(noisy);
}

/** A small picture, compressed to blocks and enlarged again. */
async function compress(photo: Canvas, _other: Canvas, random: Random): Promise<Canvas> {
  const share = random.pick([1, 1.5, 2]);
  const small = openCanvas(photo).resize(Math.round(width / share), Math.round(height / share));
  const bytes = await small.jpeg({ quality: 3 + random.below(7) }).toBuffer();
  return toCanvas(sharp(bytes).resize(width, height));
}

/** Nearly one colour: a bare wall, fog, a lens cap with some light. */
async function flatten(photo: Canvas, _other: Canvas, random: Random): Promise<Canvas> {
  if (chance(random, 0.3)) {
    return addNoise(
      await plainCanvas(`hsl(${random.below(360)},40%,${random.below(100)}%)`),
      between(random, 1, 8),
      random,
    );
  }
  const soft = openCanvas(photo)
    .blur(between(random, 12, 40))
    .linear(between(random, 0.1, 0.5), between(random, 0, 130));
  return addNoise(await toCanvas(soft), between(random, 0, 4), random);
}

/** The picture in a slit between black bars. */
function letterbox(photo: Canvas, share: number): Canvas {
  const bar = Math.round((height * (1 - share)) / 2) * width * 3;
  return photo.map((value, at) => (at < bar || at >= photo.length - bar ? 0 : value));
}
