import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg, type ExtractedFrame, extractFrames, type TargetRule } from "@facet/frame-extraction";

/** A clip of ffmpeg's moving test picture, which no two frames of are equal. */
export async function makeClip(frames: number): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "facet-claims-"));
  const file = join(folder, "clip.mp4");
  const { ffmpegPath } = await findFfmpeg();
  const source = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"];
  await promisify(execFile)(ffmpegPath, [...source, "-frames:v", String(frames), "-pix_fmt", "yuv420p", file]);
  return { file, remove: () => rm(folder, { recursive: true }) };
}

export async function extractAll(file: string, rule: TargetRule): Promise<ExtractedFrame[]> {
  const frames: ExtractedFrame[] = [];
  for await (const frame of extractFrames(file, { rule })) frames.push(frame);
  return frames;
}
