import type { Random } from "../../random.js";
import { between, chance } from "./chance.js";
import { CANVAS, drawOver, openCanvas, plainCanvas, toCanvas, type Canvas } from "./canvas.js";
import { drawLine, measureLine, type LineStyle, type Weight } from "./lettering.js";

const { width, height } = CANVAS;
const WORDS =
  "the of night river story house winter summer first great secret garden journey chapter part episode season directed by written produced music edited presents film studio production based on a true starring with introducing special thanks camera sound lighting costume design executive north island dawn silence".split(
    " ",
  );

/** What letters stand on: a plain or graded ground, or the photo, perhaps dimmed or blurred. */
interface Ground {
  readonly canvas: Canvas;
  readonly colours: readonly string[];
}

/** A title of one to three lines, sometimes with a smaller line under it. */
export async function drawTitle(photo: Canvas, random: Random): Promise<Canvas> {
  const { canvas, colours } = await drawGround(photo, random);
  const colour = random.pick(colours);
  const weight = random.pick<Weight>([200, 300, 400, 500, 600, 700, 800, 900, 900]);
  const style = { weight, italic: chance(random, 0.15), stretch: between(random, 0.8, 1.25) };
  const lines = Array.from({ length: 1 + random.below(3) }, () => sayWords(random, 1 + random.below(3)));
  const widest = Math.max(...(await Promise.all(lines.map((line) => measureLine(line, { ...style, size: 1 })))));
  const size = Math.min(between(random, 0.09, 0.28) * height, (0.9 * width) / widest);
  const centred = chance(random, 0.75);
  const [x, anchor] = centred ? ([width / 2, "middle"] as const) : ([width * 0.08, "start"] as const);
  const block = lines.length * size * 1.15;
  const top = Math.min(Math.max(size * 0.2, between(random, 0.25, 0.6) * height - block / 2), height - block);
  const outline = chance(random, 0.15)
    ? { outline: { colour: colour === "#fff" ? "#000" : "#fff", width: size * 0.06 } }
    : {};
  const marks = lines.map((line, n) =>
    drawLine(line, { ...style, ...outline, size, colour }, x, top + size * (1 + 1.15 * n), anchor),
  );
  if (chance(random, 0.6)) {
    const small: LineStyle = {
      weight: random.pick<Weight>([300, 400, 500, 600]),
      size: Math.max(9, size * 0.4),
      colour,
    };
    marks.push(
      drawLine(sayWords(random, 2 + random.below(3)), small, x, Math.min(height - 4, top + block + size * 0.4), anchor),
    );
  }
  return drawOver(canvas, (await Promise.all(marks)).join(""));
}

/** One to three small lines in the middle, as "a film by …". */
export async function drawSmallTitle(photo: Canvas, random: Random): Promise<Canvas> {
  const { canvas, colours } = await drawGround(photo, random);
  const style: LineStyle = {
    weight: random.pick<Weight>([400, 500, 600, 700, 800]),
    size: between(random, 0.05, 0.085) * height,
    colour: random.pick(colours),
  };
  const top = between(random, 0.3, 0.65) * height;
  const marks = Array.from({ length: 1 + random.below(3) }, (_, n) =>
    drawLine(sayWords(random, 2 + random.below(4)), style, width / 2, top + n * 1.5 * style.size, "middle"),
  );
  return drawOver(canvas, (await Promise.all(marks)).join(""));
}

/** Five to twelve lines in one or two columns. */
export async function drawCredits(photo: Canvas, random: Random): Promise<Canvas> {
  const { canvas, colours } = await drawGround(photo, random);
  const count = 5 + random.below(8);
  const style: LineStyle = {
    weight: 400,
    size: height * Math.min(0.08, between(random, 0.5, 0.75) / count),
    colour: random.pick(colours),
  };
  const top = height * between(random, 0.02, 0.12);
  const inColumns = chance(random, 0.5);
  const marks = Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const baseline = top + ((n + 1) * height * 0.86) / count;
    const name = sayWords(random, 1 + random.below(3));
    if (!inColumns) return [drawLine(name, style, width / 2, baseline, "middle")];
    const bold: LineStyle = { ...style, weight: 600 };
    return [
      drawLine(sayWords(random, 1), style, width * 0.47, baseline, "end"),
      drawLine(name, bold, width * 0.53, baseline),
    ];
  });
  return drawOver(canvas, (await Promise.all(marks)).join(""));
}

/** A line at the bottom of a picture, outlined or on a bar. Many a good cover has one. */
export async function drawCaption(photo: Canvas, random: Random): Promise<Canvas> {
  const size = height * between(random, 0.05, 0.075);
  const baseline = height * between(random, 0.82, 0.93);
  const style: LineStyle = { weight: random.pick<Weight>([400, 600]), size, colour: "#fff" };
  const words = sayWords(random, 2 + random.below(4));
  if (chance(random, 0.5)) {
    return drawOver(
      photo,
      await drawLine(words, { ...style, outline: { colour: "#000", width: 1.5 } }, width / 2, baseline, "middle"),
    );
  }
  const fill = `fill="${random.pick(["#000", "#123a7a", "#a01020"])}" opacity="${between(random, 0.5, 0.95)}"`;
  const bar = `<rect y="${baseline - size * 1.3}" width="${width * between(random, 0.5, 1)}" height="${size * 1.9}" ${fill}/>`;
  return drawOver(photo, bar + (await drawLine(words, style, width * 0.05, baseline)));
}

const ON_DARK = ["#fff", "#fff", "#eee", "#ffe08a", "#9fe0ff", "#ff5a4a", "#c8c8c8"];
const ON_LIGHT = ["#000", "#111", "#222", "#7a1020", "#103a7a"];
const ON_PHOTO = ["#fff", "#fff", "#fff", "#fff0c0", "#ffd23c", "#000"];

async function drawGround(photo: Canvas, random: Random): Promise<Ground> {
  const isDark = chance(random, 0.7);
  const colours = isDark ? ON_DARK : ON_LIGHT;
  switch (random.below(7)) {
    case 0:
    case 1: {
      const shades = isDark
        ? ["#000", "#000", "#101020", "#200808", "#0a2a1a", "#333"]
        : ["#fff", "#f4f0e4", "#ddd", "#ffd23c"];
      return { canvas: await plainCanvas(random.pick(shades)), colours };
    }
    case 2: {
      const hue = random.below(360);
      const [one, other] = isDark
        ? [random.below(16), 20 + random.below(26)]
        : [60 + random.below(16), 80 + random.below(19)];
      const stops = `<stop stop-color="hsl(${hue},50%,${one}%)"/><stop offset="1" stop-color="hsl(${hue + 40},50%,${other}%)"/>`;
      const gradient = `<linearGradient id="g" x1="${random.fraction()}" y1="0" x2="${random.fraction()}" y2="1">${stops}</linearGradient>`;
      return { canvas: await drawOver(photo, `${gradient}<rect width="100%" height="100%" fill="url(#g)"/>`), colours };
    }
    case 3:
      return { canvas: await toCanvas(openCanvas(photo).linear(between(random, 0.25, 0.6), 0)), colours: ON_DARK };
    case 4:
      return { canvas: await toCanvas(openCanvas(photo).blur(between(random, 3, 10))), colours: ON_PHOTO };
    default:
      return { canvas: photo, colours: ON_PHOTO };
  }
}

/** In capitals every other time, else with a capital at each word. */
function sayWords(random: Random, count: number): string {
  const words = Array.from({ length: count }, () => random.pick(WORDS)).join(" ");
  return chance(random, 0.5) ? words.toUpperCase() : words.replace(/\b./g, (first) => first.toUpperCase());
}
