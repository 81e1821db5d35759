import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import opentype from "opentype.js";

const require = createRequire(import.meta.url);

/** Of Inter, the font that the trainer ships with: a machine may have no font at all. */
export type Weight = 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900;

export interface LineStyle {
  /** Height of an em, px. */
  readonly size: number;
  readonly colour: string;
  readonly weight: Weight;
  readonly italic?: boolean;
  /** Width by height of a letter against the font's own; default 1. */
  readonly stretch?: number;
  readonly outline?: { readonly colour: string; readonly width: number };
}

const fonts = new Map<string, Promise<opentype.Font>>();

/** Width of a line, px. */
export async function measureLine(text: string, style: Omit<LineStyle, "colour">): Promise<number> {
  return (await loadFont(style)).getAdvanceWidth(text, style.size) * (style.stretch ?? 1);
}

/**
 * A line of text as the outlines of its letters, for an SVG.
 *
 * @param x        where the line starts, is centred, or ends
 * @param baseline of the letters, px from the top
 */
export async function drawLine(
  text: string,
  style: LineStyle,
  x: number,
  baseline: number,
  anchor: "start" | "middle" | "end" = "start",
): Promise<string> {
  const font = await loadFont(style);
  const width = await measureLine(text, style);
  const left = x - { start: 0, middle: 0.5, end: 1 }[anchor] * width;
  const { outline } = style;
  const stroke = outline ? ` stroke="${outline.colour}" stroke-width="${outline.width}" paint-order="stroke"` : "";
  const path = font.getPath(text, 0, 0, style.size).toPathData(2);
  return `<path transform="translate(${left} ${baseline}) scale(${style.stretch ?? 1} 1)" fill="${style.colour}"${stroke} d="${path}"/>`;
}

function loadFont({ weight, italic = false }: Pick<LineStyle, "weight" | "italic">): Promise<opentype.Font> {
  const name = `inter-latin-${weight}-${italic ? "italic" : "normal"}.woff`;
  let font = fonts.get(name);
  if (!font) {
    font = readFile(require.resolve(`@fontsource/inter/files/${name}`)).then((bytes) =>
      opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
    );
    fonts.set(name, font);
  }
  return font;
}
