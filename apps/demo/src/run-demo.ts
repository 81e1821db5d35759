import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawContactSheet } from "./draw-contact-sheet.js";
import { FacetHttp } from "./facet-http.js";
import { demoVideos, demoViewers, type DemoViewer } from "./material.js";
import { findPhoto } from "./photos.js";
import { bringVideo, ingestVideo } from "./prepare-videos.js";
import { printTable } from "./print-table.js";
import { tell } from "./progress.js";
import { ServiceProcess } from "./service-process.js";
import type { ReadyVideo, ShownCover } from "./shown-covers.js";
import { writeCovers } from "./write-covers.js";

const HOUR_MS = 60 * 60 * 1000;

/** The running service of a demo, for whoever wants to go on with it. */
export interface RunningDemo {
  readonly service: ServiceProcess;
  readonly adminKey: string;
  /** The demo's videos in their order, each once it has been made. */
  readonly files: readonly Promise<string>[];
  /** Stops the service and takes its data away. */
  stop(): Promise<void>;
}

/**
 * Starts the service on a fresh embedded database, and begins to make the demo's videos meanwhile.
 *
 * @param signal stops the service at any time
 */
export async function startDemo(signal: AbortSignal): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), "facet-demo-"));
  const adminKey = `demo-${randomBytes(24).toString("base64url")}`;
  tell("Starting the service on an embedded database …");
  const files = demoVideos.map((video) => bringVideo(video, folder));
  // Whoever waits for a file is told why there is none; until then nobody waits.
  for (const file of files) file.catch(() => undefined);
  const takeAway = async () => {
    await Promise.allSettled(files);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const service = await ServiceProcess.start(join(folder, "data"), adminKey, signal);
    tell(`The service answers at ${service.url}`);
    return { service, adminKey, files, stop: () => service.stop().then(takeAway) };
  } catch (error) {
    await takeAway();
    throw error;
  }
}

/** The main job over HTTP: register the videos, record the likes, ask for the covers, write what came of it, in a folder that is there. */
export async function runDemo({ service, adminKey, files }: RunningDemo, outputFolder: string): Promise<void> {
  const facet = new FacetHttp(service.url, adminKey);
  const ingesting = demoVideos.map(async (video, index) => ingestVideo(facet, video, (await files[index]) ?? ""));
  const liking = demoViewers.map((viewer) => recordLikes(facet, viewer));
  const [videos] = await Promise.all([Promise.all(ingesting), Promise.all(liking)]);

  const covers = await askForCovers(facet, videos);
  tell(`${covers.length} covers decided by ${covers[0]?.cover.modelVersion ?? "no model"}`);
  await writeCovers(covers, outputFolder);
  const sheet = await drawContactSheet({ videos, viewers: demoViewers, covers });
  await writeFile(join(outputFolder, "contact-sheet.jpg"), sheet);
  printTable(covers);
}

async function recordLikes(facet: FacetHttp, viewer: DemoViewer): Promise<void> {
  const now = Date.now();
  for (const [index, photo] of viewer.likes.entries()) {
    const uploadId = await facet.upload(new Uint8Array(await readFile(findPhoto(photo))), "image/jpeg");
    await facet.recordLikedImage(viewer.id, uploadId, new Date(now - (viewer.likes.length - index) * HOUR_MS));
  }
  if (viewer.likes.length > 0) tell(`${viewer.name} ${viewer.about}: ${viewer.likes.length} liked images recorded`);
}

async function askForCovers(facet: FacetHttp, videos: readonly ReadyVideo[]): Promise<ShownCover[]> {
  const pairs = videos.flatMap(({ video }) => demoViewers.map((viewer) => ({ video, viewer })));
  return Promise.all(
    pairs.map(async ({ video, viewer }) => {
      const cover = await facet.personalizedCover(video.id, viewer.id);
      return { video, viewer, cover, jpeg: await facet.fetchImage(cover.frame.image.url) };
    }),
  );
}
