import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { findFfmpeg } from "@facet/frame-extraction";
import sharp from "sharp";
import type { Slide } from "./material.js";
import { findPhoto } from "./photos.js";

const WIDTH = 960;
const HEIGHT = 540;
const FRAMES_PER_SECOND = 15;
const SECONDS_PER_SLIDE = 3;
const FADE_SECONDS = 0.6;
/** Zooming moves by whole pixels: on a picture twice as large the steps are too small to be seen. */
const OVERSAMPLING = 2;

/**
 * Cuts a video from photographs: hard cuts from one to the next, a slow zoom on each, and a fade from and to black at
 * the ends, as a real video has them.
 *
 * @param folder for the pictures on the way; made where it is absent
 * @param output path of the MP4 to write
 */
export async function makeSlideshow(slides: readonly Slide[], folder: string, output: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stills = await Promise.all(
    slides.map(async (slide, index) => {
      const still = join(folder, `${index}.jpg`);
      await takeView(slide, still);
      return still;
    }),
  );
  const { ffmpegPath } = await findFfmpeg();
  // Of FFmpeg's H.264 and MPEG-4 encoders only the latter is in every build.
  const encoding = ["-c:v", "mpeg4", "-q:v", "3", "-pix_fmt", "yuv420p"];
  await run(ffmpegPath, [
    ...["-nostdin", "-v", "error", "-y"],
    ...stills.flatMap((still) => ["-i", `file:${still}`]),
    ...["-filter_complex", describeFilters(slides), "-map", "[video]", ...encoding, `file:${output}`],
  ]);
}

async function takeView({ photo, view }: Slide, output: string): Promise<void> {
  const picture = sharp(findPhoto(photo), { failOn: "error" });
  const size = await picture.metadata();
  const width = Math.round(size.width * view.width);
  const height = Math.min(size.height, Math.round((width * HEIGHT) / WIDTH));
  await picture
    .toColourspace("srgb")
    .extract({
      left: Math.min(Math.round(size.width * view.left), size.width - width),
      top: Math.min(Math.round(size.height * view.top), size.height - height),
      width,
      height,
    })
    .resize(WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING, { fit: "cover" })
    .jpeg({ quality: 95 })
    .toFile(output);
}

function describeFilters(slides: readonly Slide[]): string {
  const frames = SECONDS_PER_SLIDE * FRAMES_PER_SECOND;
  const zooms = slides.map(({ move }, index) => {
    const progress = `on/${frames}`;
    const zoom = move === "in" ? `1+0.12*${progress}` : `1.12-0.12*${progress}`;
    const centred = "x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'";
    return `[${index}:v]zoompan=z='${zoom}':${centred}:d=${frames}:s=${WIDTH}x${HEIGHT}:fps=${FRAMES_PER_SECOND}[z${index}]`;
  });
  const joined = slides.map((_slide, index) => `[z${index}]`).join("");
  const fadeOutAt = slides.length * SECONDS_PER_SLIDE - FADE_SECONDS;
  const ends = `fade=t=in:d=${FADE_SECONDS},fade=t=out:st=${fadeOutAt}:d=${FADE_SECONDS}`;
  return [...zooms, `${joined}concat=n=${slides.length}:v=1:a=0,${ends}[video]`].join(";");
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`ffmpeg could not cut the slideshow: ${complaint.trim().slice(0, 500)}`);
}
