import sharp, { type Sharp } from "sharp";

/** Pictures are spoiled at twice the encoder's width, in the shape that most videos have, before they are squashed to its input. */
export const CANVAS = { width: 448, height: 252 } as const;
/** The encoder's input, px. */
export const SIDE = 224;

/** [252,448,3] RGB, 0..255 */
export type Canvas = Uint8Array;

/** The middle of a picture, in the shape of the canvas. */
export function takeCanvas(picture: string | Uint8Array): Promise<Canvas> {
  const { width, height } = CANVAS;
  return toCanvas(sharp(picture, { autoOrient: true }).toColourspace("srgb").resize(width, height, { fit: "cover" }));
}

export function openCanvas(canvas: Canvas): Sharp {
  return sharp(canvas, { raw: { ...CANVAS, channels: 3 } });
}

export async function toCanvas(picture: Sharp): Promise<Canvas> {
  // Laying one picture over another leaves an alpha channel, although nothing shows through.
  return new Uint8Array(await picture.flatten({ background: "#fff" }).removeAlpha().raw().toBuffer());
}

/** [224,224,3] RGB as a frame of a video comes to it. */
export async function squash(canvas: Canvas): Promise<Uint8Array> {
  return new Uint8Array(
    await openCanvas(canvas).resize(SIDE, SIDE, { fit: "fill", kernel: "lanczos3" }).raw().toBuffer(),
  );
}

/** Draws SVG over a canvas. */
export function drawOver(canvas: Canvas, svg: string): Promise<Canvas> {
  const { width, height } = CANVAS;
  const input = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`);
  return toCanvas(openCanvas(canvas).composite([{ input }]));
}

export function plainCanvas(colour: string): Promise<Canvas> {
  return drawOver(
    new Uint8Array(CANVAS.width * CANVAS.height * 3),
    `<rect width="100%" height="100%" fill="${colour}"/>`,
  );
}

/** The values of each sample of two canvases, made one. */
export function blend(one: Canvas, other: Canvas, shareOfOther: number): Canvas {
  return one.map((value, at) => Math.round(value + shareOfOther * ((other[at] ?? 0) - value)));
}
