import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseCover, recordLikedImage, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makePhotoClip } from "./material.fixture.js";
import { plainPicture } from "./stored-video.fixture.js";

const FILMS = ["film 0", "film 1", "film 2", "film 3", "film 4", "film 5"];
const CALLERS = 20;

const processes: TestService[] = [];
/** Every ingest that a worker began, by video. */
const begun: string[] = [];
const log = pino(
  { level: "info" },
  {
    write: (line: string) => {
      const { msg, videoId } = JSON.parse(line) as { msg: string; videoId?: string };
      if (msg === "ingest begins" && videoId !== undefined) begun.push(videoId);
    },
  },
);

async function start(environment: Readonly<Record<string, string>>): Promise<TestService> {
  const service = await startTestService(environment, (models) => models, {}, log);
  processes.push(service);
  return service;
}

let apis: readonly TestService[];
let worker: TestService;

beforeAll(async () => {
  const first = await start({ FACET_ROLES: "api" });
  // They keep uploads in one folder, as processes of one platform do.
  const beside = { DATABASE_URL: first.connectionString, FACET_DATA_DIR: first.dataDir };
  apis = [first, await start({ ...beside, FACET_ROLES: "api" })];
  worker = await start({ ...beside, FACET_ROLES: "worker" });
  await start({ ...beside, FACET_ROLES: "worker" });
  // Four starts of the service, one after another: on a busy machine that takes its time.
}, 300_000);
afterAll(async () => {
  for (const service of processes.toReversed()) await service.close();
});

test(
  "two APIs and two workers ingest every video once, and make every decision once",
  { timeout: 240_000 },
  async () => {
    const [api] = apis;
    if (api === undefined) throw new Error("No API was started.");
    const clip = await makePhotoClip("black-canyon", "march-pastoral");
    const uploadId = await api.client.upload(clip, "video/mp4");
    for (const [place, id] of FILMS.entries()) {
      const { client } = apis[place % 2] ?? api;
      expect((await registerVideo(client, { id, source: { uploadId } })).userErrors).toEqual([]);
    }
    for (const id of FILMS) expect(await untilIngested(api.client, id)).toMatchObject({ status: "READY" });
    expect(begun.toSorted()).toEqual(FILMS);
    const attempts = await api.prisma.video.findMany({ select: { ingestAttempts: true } });
    expect(attempts.map(({ ingestAttempts }) => ingestAttempts)).toEqual(FILMS.map(() => 1));

    const base64 = (await plainPicture(90)).toString("base64");
    await recordLikedImage(api.client, { userId: "ann", source: { base64 } });
    for (const { changes } of apis) await changes.settle();
    for (const id of FILMS) {
      const asked = Array.from({ length: CALLERS }, (_, caller) =>
        chooseCover((apis[caller % 2] ?? api).client, id, "ann"),
      );
      const covers = await Promise.all(asked);
      expect(new Set(covers.map(({ decisionId }) => decisionId)).size).toBe(1);
      expect(covers[0]).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED" });
    }
    expect(await api.prisma.coverDecision.count()).toBe(FILMS.length);
  },
);

test("a worker answers probes, and nothing else", async () => {
  expect((await fetch(`${worker.address}/ready`)).status).toBe(200);
  const answer = await fetch(`${worker.address}/graphql`, { method: "POST" });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
});
