// node contact-sheet.mjs VIDEO [OUT.jpg]
// Takes the candidate frames of a video and lays the best of them out, the best first.
import { extractFrames, findFfmpeg, probeVideo, qualityScore } from "@facet/frame-extraction";
import sharp from "sharp";

const [video, out = "contact-sheet.jpg"] = process.argv.slice(2);
if (video === undefined) {
  console.error("usage: node contact-sheet.mjs VIDEO [OUT.jpg]");
  process.exit(2);
}

const ffmpeg = await findFfmpeg();
const { durationMs, width, height, codec } = await probeVideo(video, { ffmpeg });
console.log(`${width} x ${height}, ${codec}, ${durationMs} ms; ffmpeg ${ffmpeg.version} (${ffmpeg.origin})`);

const frames = [];
for await (const frame of extractFrames(video, { ffmpeg, rule: { kind: "shots" } })) {
  const score = qualityScore(frame.quality);
  console.log(`${String(frame.timestampMs).padStart(8)} ms  shot ${frame.shot}  quality ${score.toFixed(2)}`);
  frames.push({ score, jpeg: frame.jpeg });
}

const [columns, cell] = [4, { width: 320, height: 180 }];
const best = frames.sort((one, other) => other.score - one.score).slice(0, 12);
const tiles = await Promise.all(
  best.map(async ({ jpeg }, at) => ({
    input: await sharp(jpeg)
      .resize({ ...cell, fit: "contain" })
      .toBuffer(),
    left: (at % columns) * cell.width,
    top: Math.floor(at / columns) * cell.height,
  })),
);
const rows = Math.ceil(best.length / columns);
await sharp({ create: { width: columns * cell.width, height: rows * cell.height, channels: 3, background: "black" } })
  .composite(tiles)
  .jpeg()
  .toFile(out);
console.log(`${frames.length} candidate frames; the best ${best.length} are in ${out}`);
