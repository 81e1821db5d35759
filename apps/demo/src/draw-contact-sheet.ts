import sharp, { type OverlayOptions } from "sharp";
import { Lettering, type TextStyle } from "./lettering.js";
import type { DemoViewer } from "./material.js";
import { findPhoto } from "./photos.js";
import { clockTime, type ReadyVideo, type ShownCover } from "./shown-covers.js";

const MARGIN = 48;
const VIEWER_WIDTH = 372;
const COVER = { width: 448, height: 252 };
const LIKE = { width: 118, height: 78, gap: 9, perLine: 3 };
const GAP = 32;
const HEADER_HEIGHT = 196;
const CAPTION_HEIGHT = 44;
const ROW_HEIGHT = COVER.height + CAPTION_HEIGHT + GAP;
const FOOTER_HEIGHT = 84;

const PAPER = "#faf9f7";
const title: TextStyle = { size: 34, weight: "semibold", colour: "#1c1b19" };
const heading: TextStyle = { size: 20, weight: "semibold", colour: "#1c1b19" };
const figure: TextStyle = { size: 16, weight: "semibold", colour: "#1c1b19" };
const note: TextStyle = { size: 15, weight: "regular", colour: "#6b6862" };
const small: TextStyle = { size: 13, weight: "regular", colour: "#8a867f" };

const credits = [
  "Big Buck Bunny: © 2008 Blender Foundation, www.bigbuckbunny.org, CC BY 3.0. Archive photographs: courtesy of the J. Paul Getty Museum, CC0, by way of stdlib.",
  "Further photographs come with the npm packages ij-test, jquery-backstretch, jquery-zoom, universal-parallax and vegas. Sources and licences: apps/demo/MATERIAL.md.",
];

export interface ContactSheet {
  readonly videos: readonly ReadyVideo[];
  readonly viewers: readonly DemoViewer[];
  readonly covers: readonly ShownCover[];
}

/** One row a viewer, with the liked images at the left, and one column a video. Answers a JPEG. */
export async function drawContactSheet({ videos, viewers, covers }: ContactSheet): Promise<Uint8Array> {
  const width = columnX(videos.length) - GAP + MARGIN;
  const height = HEADER_HEIGHT + viewers.length * ROW_HEIGHT + FOOTER_HEIGHT;
  const lettering = await Lettering.load();
  const pictures: Promise<OverlayOptions>[] = [];
  const marks: string[] = [drawHeader(lettering, videos)];

  viewers.forEach((viewer, row) => {
    const top = HEADER_HEIGHT + row * ROW_HEIGHT;
    marks.push(drawViewer(lettering, viewer, top));
    if (row > 0) marks.push(drawRule(top - GAP / 2, width));
    pictures.push(...viewer.likes.map((photo, index) => placePicture(findPhoto(photo), placeOfLike(index, top))));
    videos.forEach(({ video }, column) => {
      const shown = covers.find((each) => each.video.id === video.id && each.viewer.id === viewer.id);
      if (shown === undefined) return;
      pictures.push(placePicture(shown.jpeg, { left: columnX(column), top, ...COVER }));
      marks.push(drawCaption(lettering, shown, columnX(column), top + COVER.height));
    });
  });
  credits.forEach((line, index) =>
    marks.push(lettering.draw(line, small, { x: MARGIN, baseline: height - FOOTER_HEIGHT + 28 + index * 20 })),
  );

  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${marks.join("")}</svg>`;
  return sharp({ create: { width, height, channels: 3, background: PAPER } })
    .composite([...(await Promise.all(pictures)), { input: Buffer.from(svg), left: 0, top: 0 }])
    .jpeg({ quality: 90, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

function columnX(column: number): number {
  return MARGIN + VIEWER_WIDTH + GAP + column * (COVER.width + GAP);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function placeOfLike(index: number, rowTop: number): Box {
  const { width, height, gap, perLine } = LIKE;
  return {
    left: MARGIN + (index % perLine) * (width + gap),
    top: rowTop + 76 + Math.floor(index / perLine) * (height + gap),
    width,
    height,
  };
}

async function placePicture(picture: string | Uint8Array, { left, top, width, height }: Box): Promise<OverlayOptions> {
  const corners = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="8"/></svg>`;
  const input = await sharp(picture)
    .autoOrient()
    .resize(width, height, { fit: "cover" })
    .toColourspace("srgb")
    .composite([{ input: Buffer.from(corners), blend: "dest-in" }])
    .png()
    .toBuffer();
  return { input, left, top };
}

function drawHeader(lettering: Lettering, videos: readonly ReadyVideo[]): string {
  const subtitle = "Every picture is a frame of the video above it, chosen by what its viewer liked before.";
  return [
    lettering.draw("One video, a cover for each viewer", title, { x: MARGIN, baseline: 82 }),
    lettering.draw(subtitle, note, { x: MARGIN, baseline: 110 }),
    lettering.draw("Viewers and what they liked", heading, { x: MARGIN, baseline: 154 }),
    ...videos.flatMap(({ video, durationMs, candidateFrames }, column) => {
      const place = { x: columnX(column), maxWidth: COVER.width };
      const facts = `${clockTime(durationMs)} long · ${candidateFrames} candidate frames`;
      return [
        lettering.draw(video.title, heading, { ...place, baseline: 154 }),
        lettering.draw(facts, note, { ...place, baseline: 178 }),
      ];
    }),
  ].join("");
}

function drawViewer(lettering: Lettering, viewer: DemoViewer, top: number): string {
  const place = { x: MARGIN, maxWidth: VIEWER_WIDTH };
  const lines = [
    lettering.draw(viewer.name, heading, { ...place, baseline: top + 24 }),
    lettering.draw(viewer.about, note, { ...place, baseline: top + 50 }),
  ];
  if (viewer.likes.length === 0) {
    const quality = "The best pictures, until there is a first like.";
    lines.push(lettering.draw(quality, note, { ...place, baseline: top + 74 }));
  }
  return lines.join("");
}

function drawCaption(lettering: Lettering, { cover }: ShownCover, left: number, top: number): string {
  const personal = cover.basis === "PERSONALIZED";
  const badge: TextStyle = { size: 12, weight: "semibold", colour: personal ? "#0b5d4a" : "#5a5751" };
  const badgeWidth = Math.ceil(lettering.widthOf(cover.basis, badge)) + 20;
  const probability = `probability ${cover.probability.toFixed(2)}`;
  return [
    `<rect x="${left}" y="${top + 12}" width="${badgeWidth}" height="24" rx="12" fill="${personal ? "#d3efe6" : "#e7e4de"}"/>`,
    lettering.draw(cover.basis, badge, { x: left + 10, baseline: top + 28.5 }),
    lettering.draw(probability, figure, { x: left + badgeWidth + 12, baseline: top + 29.5 }),
    lettering.draw(`at ${clockTime(cover.frame.timestampMs)}`, note, {
      x: left + COVER.width,
      baseline: top + 29.5,
      align: "right",
    }),
  ].join("");
}

function drawRule(y: number, width: number): string {
  return `<rect x="${MARGIN}" y="${y - 3}" width="${width - 2 * MARGIN}" height="1" fill="#e3e0da"/>`;
}
