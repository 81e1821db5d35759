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
