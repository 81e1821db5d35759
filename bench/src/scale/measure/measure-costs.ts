import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Releasers } from "../../releasers.js";
import { Stage } from "../../service/stage.js";
import { measurePostgres } from "./measure-postgres.js";
import { measureRequests } from "./measure-requests.js";
import { measurePicture, measureRows } from "./measure-rows.js";
import type { MeasuredCosts } from "./measured-costs.js";

const SMALL = { videos: 0, framesPerVideo: 32, viewers: 0, decided: { viewers: 0, videosEach: 0 } };
const SIZE = { videos: 200, viewers: 3000, decided: { viewers: 1000, videosEach: 40 } };

/** All that the plan's inputs are to have from a measurement, on a service and a Postgres of its own: three minutes or so. */
export async function measureCosts(tell: (line: string) => void): Promise<MeasuredCosts> {
  const releasers = new Releasers();
  const folder = await mkdtemp(join(tmpdir(), "facet-scale-"));
  releasers.add(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711);
  try {
    const stage = await Stage.open(folder, releasers, SMALL, false);
    const picture = await measurePicture(stage.host.client);
    tell("a film is ingested; the catalogue grows");
    await stage.growTo(SIZE);
    const rows = await measureRows(stage);
    tell("rows are measured; now requests");
    const requests = await measureRequests(stage, 100);
    tell("requests are measured; now Postgres alone");
    await stage.host.stop();
    return { ...picture, ...rows, ...requests, ...(await measurePostgres(stage, 5)) };
  } finally {
    await releasers.release();
  }
}
