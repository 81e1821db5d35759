import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  chooseCover,
  COVER_QUERY,
  findVideo,
  registerVideo,
  untilIngested,
} from "../integration/facet-calls.fixture.js";
import { FacetClient } from "../integration/facet-client.fixture.js";
import { makePhotoClip, type PhotoName } from "../integration/material.fixture.js";
import { mutate } from "../integration/mutation.fixture.js";
import { plainPicture } from "../integration/stored-video.fixture.js";
import { startService, type ServiceProcess } from "./service-process.fixture.js";

const KEY = "an-admin-key-for-tests";
const SHOTS: readonly PhotoName[] = [
  ...(["airplane-from-above", "allium-oreophilum", "black-canyon", "dust-bowl-home"] as const),
  ...(["french-alpine-landscape", "locomotion-house-cat", "march-pastoral", "nagasaki-boats"] as const),
];

// Two starts of the whole service and two ingests each: on a busy machine that takes its time.
const TIMEOUT_MS = 240_000;

let folder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-killed-"));
  service = await startService({ FACET_DATA_DIR: folder, FACET_ADMIN_KEY: KEY });
});
afterAll(async () => {
  await service.end("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

async function countLikes(client: FacetClient, id: string): Promise<number> {
  const query = `query ($id: ID!, $after: String) {
    viewer(id: $id) { likedImages(first: 100, after: $after) { nodes { id } pageInfo { endCursor } } }
  }`;
  interface Data {
    readonly viewer: { likedImages: { nodes: readonly object[]; pageInfo: { endCursor: string | null } } };
  }
  let likes = 0;
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo }: Data["viewer"]["likedImages"] = (await client.get<Data>(query, { id, after })).viewer
      .likedImages;
    likes += nodes.length;
    if (pageInfo.endCursor === null) return likes;
    after = pageInfo.endCursor;
  }
}

test(
  "a video whose worker is killed in the middle is never half-ready, and is ready after a restart",
  { timeout: TIMEOUT_MS },
  async () => {
    let client = new FacetClient(service.baseUrl, KEY);
    const uploadId = await client.upload(await makePhotoClip(...SHOTS), "video/mp4");
    await registerVideo(client, { id: "film", source: { uploadId } });
    await service.untilLogged(/ingest begins/);
    expect(await service.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });

    service = await startService({ FACET_DATA_DIR: folder, FACET_ADMIN_KEY: KEY });
    client = new FacetClient(service.baseUrl, KEY);
    const left = await findVideo(client, "film");
    expect(left?.status).toMatch(/PENDING|PROCESSING/);
    const { errors } = await client.ask(COVER_QUERY, { videoId: "film", userId: "ann" });
    expect(errors?.[0]?.extensions.code).toBe("VIDEO_NOT_READY");

    expect(await untilIngested(client, "film")).toMatchObject({ status: "READY", failure: null });
    expect((await chooseCover(client, "film", "ann")).candidates.length).toBeGreaterThanOrEqual(SHOTS.length);
  },
);

test(
  "an import whose worker is killed in the middle goes on behind what was recorded, and records nothing twice",
  { timeout: TIMEOUT_MS },
  async () => {
    let client = new FacetClient(service.baseUrl, KEY);
    // A hundred lines of one picture are a batch; the next batch is a hundred pictures, which take a while.
    const lines = [...Array.from({ length: 100 }, () => 0), ...Array.from({ length: 100 }, (_, number) => number + 1)];
    const file = await Promise.all(
      lines.map(async (colour, line) => {
        const base64 = (await plainPicture(colour)).toString("base64");
        return JSON.stringify({ userId: "ann", base64, likedAt: new Date(Date.UTC(2026, 0, 1, 0, line)) });
      }),
    );
    const uploadId = await client.upload(Buffer.from(file.join("\n")), "application/jsonl");
    const started = await mutate(client, "importLikes", { uploadId }, "likeImport { id }");
    const { id } = started["likeImport"] as { readonly id: string };
    interface State {
      readonly likeImport: { readonly status: string; readonly accepted: number };
    }
    const read = async () =>
      (await client.get<State>("query ($id: ID!) { likeImport(id: $id) { status accepted } }", { id })).likeImport;
    while ((await read()).accepted === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await service.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });

    service = await startService({ FACET_DATA_DIR: folder, FACET_ADMIN_KEY: KEY });
    client = new FacetClient(service.baseUrl, KEY);
    while (!["DONE", "FAILED"].includes((await read()).status))
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await read()).toEqual({ status: "DONE", accepted: 200 });
    expect(await countLikes(client, "ann")).toBe(101);
  },
);

test(
  "a shutdown in the middle of an ingest ends at once with exit 0, and the next start goes on with it",
  { timeout: TIMEOUT_MS },
  async () => {
    let client = new FacetClient(service.baseUrl, KEY);
    const uploadId = await client.upload(await makePhotoClip(...SHOTS), "video/mp4");
    await registerVideo(client, { id: "second", source: { uploadId } });
    await service.untilLogged(/"videoId":"second".*ingest begins/);
    expect(await service.end("SIGTERM")).toEqual({ code: 0, signal: null });

    service = await startService({ FACET_DATA_DIR: folder, FACET_ADMIN_KEY: KEY });
    client = new FacetClient(service.baseUrl, KEY);
    expect(await untilIngested(client, "second")).toMatchObject({ status: "READY" });
  },
);
