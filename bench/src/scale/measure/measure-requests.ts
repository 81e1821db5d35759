import { join } from "node:path";
import { askForCover, askForPage } from "../../service/covers.js";
import { ingest } from "../../service/ingest.js";
import { loopFilm } from "../../service/films.js";
import type { Stage } from "../../service/stage.js";
import { listTree, readCpuSeconds } from "./cpu-seconds.js";
import { findPostmaster } from "./find-postmaster.js";
import type { MeasuredCosts } from "./measured-costs.js";

const PAGE = 40;

/** Core-milliseconds of the service and of Postgres for each of the things that a service does. */
export async function measureRequests(stage: Stage, repeats: number): Promise<MeasuredCosts> {
  const caller = stage.host.call();
  const postmaster = await findPostmaster(stage.host.client);
  const measure = async (count: number, send: () => Promise<unknown>) => {
    const before = await readBoth(stage.host.service.pid, postmaster);
    for (let done = 0; done < count; done++) await send();
    const after = await readBoth(stage.host.service.pid, postmaster);
    const [service, postgres] = [after.service - before.service, after.postgres - before.postgres];
    return { service: (service * 1000) / count, postgres: (postgres * 1000) / count };
  };
  const askFresh = () => {
    const { viewer, video } = stage.nextFresh();
    return askForCover(caller, viewer, video);
  };
  const askFreshPage = () => {
    const { viewer, videos } = stage.nextFreshPage(PAGE);
    return askForPage(caller, viewer, videos);
  };
  const { viewer, videos } = stage.nextFreshPage(PAGE);
  const askKnownPage = () => askForPage(caller, viewer, videos);
  // Of viewers whose description the first of their covers has left behind.
  let described = stage.nextFreshPage(PAGE);
  let place = 0;
  const askNext = () => {
    const video = described.videos[place++ % PAGE] ?? "";
    return askForCover(caller, described.viewer, video);
  };
  const measureNext = async (count: number) => {
    const each: { service: number; postgres: number }[] = [];
    for (let round = 0; round < count / (PAGE - 1); round++) {
      [described, place] = [stage.nextFreshPage(PAGE), 0];
      await askNext();
      each.push(await measure(PAGE - 1, askNext));
    }
    const mean = (kind: "service" | "postgres") => each.reduce((sum, one) => sum + one[kind], 0) / each.length;
    return { service: mean("service"), postgres: mean("postgres") };
  };

  for (let warmUp = 0; warmUp < 10; warmUp++) await askFresh();
  for (let warmUp = 0; warmUp < 5; warmUp++) await askFreshPage();
  for (let warmUp = 0; warmUp < 40; warmUp++) await askKnownPage();
  const costs = {
    freshCover: await measure(repeats, askFresh),
    nextCover: await measureNext(repeats),
    freshPage: await measure(Math.ceil(repeats / 4), askFreshPage),
    cachedPage: await measure(repeats * 2, askKnownPage),
  };
  const film = await loopFilm(join(stage.host.films), 30);
  const ingested = await measure(2, () => ingest(caller, `film ${performance.now()}`, film));
  await caller.close();
  return {
    "fresh-cover-service": costs.freshCover.service,
    "fresh-cover-postgres": costs.freshCover.postgres,
    "next-cover-service": costs.nextCover.service,
    "next-cover-postgres": costs.nextCover.postgres,
    "fresh-page-service": costs.freshPage.service,
    "fresh-page-postgres": costs.freshPage.postgres,
    "cached-page-service": costs.cachedPage.service,
    "ingest-30s": ingested.service / 1000,
    "ingest-30s-postgres": ingested.postgres / 1000,
  };
}

async function readBoth(service: number, postmaster: number): Promise<{ service: number; postgres: number }> {
  const [ofService, ofPostgres] = await Promise.all([listTree(service), listTree(postmaster)]);
  return { service: await readCpuSeconds(ofService), postgres: await readCpuSeconds(ofPostgres) };
}
