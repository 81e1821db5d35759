import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FacetHttp } from "./facet-http.js";
import { findInPackage } from "./find-in-package.js";
import { makeSlideshow } from "./make-slideshow.js";
import type { DemoVideo } from "./material.js";
import { tell } from "./progress.js";
import type { ReadyVideo } from "./shown-covers.js";

/** Where the file of a video is; a slideshow is cut first. */
export async function bringVideo(video: DemoVideo, folder: string): Promise<string> {
  if (video.kind === "file") return findInPackage(video.packageName, video.file);
  const output = join(folder, `${video.id}.mp4`);
  await makeSlideshow(video.slides, join(folder, video.id), output);
  tell(`"${video.title}" cut from ${video.slides.length} photographs`);
  return output;
}

/** Uploads and registers a video, and waits until covers can be asked for. */
export async function ingestVideo(facet: FacetHttp, video: DemoVideo, file: string): Promise<ReadyVideo> {
  const { id, title, category } = video;
  const uploadId = await facet.upload(new Uint8Array(await readFile(file)), "video/mp4");
  await facet.registerVideo({ id, title, category, uploadId });
  tell(`"${title}" uploaded and registered`);
  const { candidateFrames, durationMs } = await facet.untilReady(id, (status) => {
    if (status === "PROCESSING") tell(`"${title}" is being decoded and encoded`);
  });
  tell(`"${title}" is ready: ${candidateFrames.length} candidate frames`);
  return { video, durationMs: durationMs ?? 0, candidateFrames: candidateFrames.length };
}
