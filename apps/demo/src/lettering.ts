import { readFile } from "node:fs/promises";
import opentype from "opentype.js";
import { findInPackage } from "./find-in-package.js";

export interface TextStyle {
  readonly size: number;
  readonly weight: "regular" | "semibold";
  readonly colour: string;
}

export interface TextPlace {
  readonly x: number;
  /** Of the line that the letters stand on. */
  readonly baseline: number;
  /** Text that is longer is cut short with an ellipsis. */
  readonly maxWidth?: number;
  readonly align?: "left" | "right";
}

/**
 * Draws text as outlines of a font that comes with the demo: a fresh machine or a container may have no font at all,
 * and there an SVG's text would come out blank.
 */
export class Lettering {
  private constructor(private readonly fonts: Readonly<Record<TextStyle["weight"], opentype.Font>>) {}

  static async load(): Promise<Lettering> {
    const [regular, semibold] = await Promise.all([loadInter(400), loadInter(600)]);
    return new Lettering({ regular, semibold });
  }

  /** In pixels. */
  widthOf(text: string, { size, weight }: TextStyle): number {
    return this.fonts[weight].getAdvanceWidth(text, size);
  }

  /** The text as an SVG path element. */
  draw(text: string, style: TextStyle, { x, baseline, maxWidth = Infinity, align = "left" }: TextPlace): string {
    const shown = this.#fit(text, style, maxWidth);
    const left = align === "left" ? x : x - this.widthOf(shown, style);
    const outline = this.fonts[style.weight].getPath(shown, left, baseline, style.size).toPathData(2);
    return `<path fill="${style.colour}" d="${outline}"/>`;
  }

  #fit(text: string, style: TextStyle, maxWidth: number): string {
    if (this.widthOf(text, style) <= maxWidth) return text;
    let end = text.length;
    while (end > 0 && this.widthOf(`${text.slice(0, end)}…`, style) > maxWidth) end -= 1;
    return `${text.slice(0, end).trimEnd()}…`;
  }
}

async function loadInter(weight: 400 | 600): Promise<opentype.Font> {
  const bytes = await readFile(findInPackage("@fontsource/inter", `files/inter-latin-${weight}-normal.woff`));
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
