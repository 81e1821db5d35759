import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
  /** Stops the service and takes its data away. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the service on a fresh embedded database, and makes the demo's videos meanwhile.
 *
 * @param signal stops the service at any time
 */
export async function startDemo(signal: AbortSignal): Promise<RunningDemo & { readonly files: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "facet-demo-"));
  const adminKey = `demo-${randomBytes(24).toString("base64url")}`;
  tell("Starting the service on an embedded database …");
  const starting = ServiceProcess.start(join(folder, "data"), adminKey, signal);
  const bringing = Promise.all(demoVideos.map((video) => bringVideo(video, folder)));
  const [started, brought] = await Promise.allSettled([starting, bringing]);
  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= (async () => {
      if (started.status === "fulfilled") await started.value.stop();
      await rm(folder, { recursive: true, force: true });
    })());
  if (started.status === "rejected" || brought.status === "rejected") {
    await stop();
    throw started.status === "rejected" ? started.reason : (brought as PromiseRejectedResult).reason;
  }
  return { service: started.value, adminKey, files: brought.value, stop };
}

/** The main job over HTTP: register the videos, record the likes, ask for the covers, write what came of it. */
export async function runDemo(
  { service, adminKey, files }: Awaited<ReturnType<typeof startDemo>>,
  outputFolder: string,
): Promise<void> {
  const facet = new FacetHttp(service.url, adminKey);
  tell(`The service answers at ${service.url}`);

  const liking = Promise.all(demoViewers.map((viewer) => recordLikes(facet, viewer)));
  const ingesting = Promise.all(demoVideos.map((video, index) => ingestVideo(facet, video, files[index] ?? "")));
  const [videos] = await Promise.all([ingesting, liking]);

  const covers = await askForCovers(facet, videos);
  await mkdir(outputFolder, { recursive: true });
  await writeCovers(covers, outputFolder);
  await writeFile(
    join(outputFolder, "contact-sheet.jpg"),
    await drawContactSheet({ videos, viewers: demoViewers, covers }),
  );
  tell(`${covers.length} covers decided by ${covers[0]?.cover.modelVersion ?? "no model"}`);
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
