import sharp, { type OverlayOptions } from "sharp";
import { drawLine, type LineStyle } from "../material/lettering.js";
import { PICK_METHODS, type Pick, type PickMethod } from "./pick-frames.js";

export interface SheetRow {
  readonly name: string;
  readonly picks: Readonly<Record<PickMethod, Pick>>;
  /** What is wrong with a pick; nothing where it is sound, or where nobody knows. */
  readonly faults: Partial<Readonly<Record<PickMethod, string>>>;
}

const CELL = { width: 240, height: 135 };
const GAP = 10;
const CAPTION = 24;
const MARGIN = 24;
const HEAD = 56;
const NAME = 190;

const HEADING: LineStyle = { size: 16, weight: 600, colour: "#1c1b19" };
const NOTE: LineStyle = { size: 12, weight: 400, colour: "#6b6862" };
const FAULT: LineStyle = { size: 12, weight: 600, colour: "#b3261e" };

/** One row a video, one column a method. Answers a JPEG. */
export async function drawPickSheet(rows: readonly SheetRow[], methods: readonly PickMethod[]): Promise<Uint8Array> {
  const width = columnX(methods.length) - GAP + MARGIN;
  const height = HEAD + rows.length * (CELL.height + CAPTION + GAP) + MARGIN;
  const marks: Promise<string>[] = methods.map((method, column) =>
    drawLine(PICK_METHODS[method], HEADING, columnX(column), HEAD - 16),
  );
  const pictures: Promise<OverlayOptions>[] = [];
  for (const [at, { name, picks, faults }] of rows.entries()) {
    const top = HEAD + at * (CELL.height + CAPTION + GAP);
    marks.push(drawLine(name.slice(0, 26), { ...NOTE, weight: 600 }, MARGIN, top + 20));
    for (const [column, method] of methods.entries()) {
      const left = columnX(column);
      const { timestampMs, picture } = picks[method];
      pictures.push(placePicture(picture, left, top));
      const fault = faults[method];
      const caption = `${(timestampMs / 1000).toFixed(1)} s${fault === undefined ? "" : `  ${fault}`}`;
      marks.push(drawLine(caption, fault === undefined ? NOTE : FAULT, left, top + CELL.height + 16));
    }
  }
  const letters = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${(await Promise.all(marks)).join("")}</svg>`;
  return sharp({ create: { width, height, channels: 3, background: "#faf9f7" } })
    .composite([...(await Promise.all(pictures)), { input: Buffer.from(letters), left: 0, top: 0 }])
    .jpeg({ quality: 88, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

async function placePicture(picture: Uint8Array, left: number, top: number): Promise<OverlayOptions> {
  const input = await sharp(picture)
    .resize(CELL.width, CELL.height, { fit: "contain", background: "#e7e4de" })
    .png()
    .toBuffer();
  return { input, left, top };
}

function columnX(column: number): number {
  return MARGIN + NAME + column * (CELL.width + GAP);
}
