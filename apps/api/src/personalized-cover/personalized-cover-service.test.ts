import { parseImageHash, parseUserId, parseVideoId } from "@facet/domain";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Video } from "../generated/prisma/client.js";
import { CoverDecider, TurnTooLateError, type CoverDeciderParts } from "./cover-decider.js";
import { CoverDiversifier } from "./cover-diversifier.js";
import type { CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { VideoRules, ViewerState } from "./cover-grounds.js";
import { PersonalizedCoverService, type PersonalizedCoverParts } from "./personalized-cover-service.js";

const videoId = parseVideoId("film");
const userId = parseUserId("ann");
const imageHash = parseImageHash("0f".repeat(32));
const candidates = [0.2, 0.9, 0.5].map((qualityScore, index) => ({
  ...{ id: `frame-${index}`, timestampMs: index * 1000, qualityScore, imageHash },
}));
const encoded = candidates.map((candidate) => ({ ...candidate, feature: Float32Array.of(1) }));

let kept: Map<string, CoverDecision>;
let viewer: ViewerState;
let video:
  (Pick<Video, "id" | "status" | "revision" | "rulesRevision" | "failureCode" | "failureMessage"> & VideoRules) | null;
const describe = vi.fn();
const scoreFrames = vi.fn();
const readEncoded = vi.fn();

beforeEach(() => {
  kept = new Map();
  viewer = { historyVersion: 1, hasLikes: true, optedOut: false, since: new Date(0) };
  video = {
    id: videoId,
    status: "READY",
    revision: 1,
    rulesRevision: 0,
    failureCode: null,
    failureMessage: null,
    pinnedFrameId: null,
    personalized: true,
  };
  describe.mockReset().mockResolvedValue({ modelVersion: "m" });
  const scores = { interestWeights: Float32Array.of(1, 0, 0), probabilities: Float32Array.of(0.5, 0.25, 0.25) };
  scoreFrames.mockReset().mockResolvedValue([scores]);
  readEncoded.mockReset().mockImplementation(() => Promise.resolve(new Map([[videoId, encoded]])));
  logged = [];
});
afterEach(() => void vi.restoreAllMocks());

const keyOf = (viewer: ViewerScope, { videoId, videoRevision, rulesRevision }: VideoScope) =>
  JSON.stringify([viewer.userId, viewer.historyVersion, videoId, videoRevision, rulesRevision]);

function findKept(scope: ViewerScope, videos: readonly VideoScope[]): Map<string, CoverDecision> {
  return new Map(
    videos.flatMap((one) => {
      const decision = kept.get(keyOf(scope, one));
      return decision === undefined ? [] : [[one.videoId, decision]];
    }),
  );
}

/** The store that every test shares, as Postgres would behave: the first decision of a scope stays. */
const decisions: PersonalizedCoverParts["decisions"] & CoverDeciderParts["decisions"] = {
  read: (userId, _videoIds, modelVersion) => {
    const scope = { userId, modelVersion, historyVersion: viewer.historyVersion, viewerSince: viewer.since };
    const videos = video === null ? [] : [video as Video & VideoRules];
    const scopes = videos.map(({ id, revision, rulesRevision }) => ({
      ...{ videoId: id, videoRevision: revision, rulesRevision },
    }));
    const known = new Map(videos.map((one) => [one.id, one]));
    return Promise.resolve({ viewer, videos: known, decisions: findKept(scope, scopes) });
  },
  keep: (scope, made) => {
    for (const { videoRevision, rulesRevision, ...decision } of made) {
      const key = keyOf(scope, { videoId: decision.videoId, videoRevision, rulesRevision });
      const facts = { decisionId: `decision-${kept.size}`, decidedAt: new Date(), diversified: false };
      kept.set(key, kept.get(key) ?? { ...facts, ...scope, ...decision });
    }
    return Promise.resolve(findKept(scope, made));
  },
};

let logged: { readonly level: number; readonly msg: string }[];
const log = pino({ level: "warn" }, { write: (line) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });

function makeService(timeBudgetMs = 10_000): PersonalizedCoverService {
  const scorer = { modelVersion: "m", scoreFrames };
  const reader = {
    read: () => Promise.resolve(new Map([[videoId, candidates]])),
    readFeatures: () => Promise.resolve([]),
  };
  const encodedCandidates = { read: readEncoded };
  const decider = new CoverDecider({
    decisions,
    candidates: reader,
    encodedCandidates,
    descriptions: { describe },
    scorer,
    features: { read: () => Promise.resolve([]) },
    timeBudgetMs,
  });
  const diversifier = new CoverDiversifier(reader);
  return new PersonalizedCoverService({
    decisions,
    decider,
    diversifier,
    candidates: reader,
    scorer,
    timeBudgetMs,
    log,
  });
}

test("a viewer with likes gets the frame that the scorer finds most probable", async () => {
  const cover = await makeService().choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED", frameId: "frame-0", probability: 0.5 });
  expect(cover.candidates.map((candidate) => candidate.interestWeight)).toEqual([1, 0, 0]);
});

test("a viewer without likes gets the best picture, and the scorer is not asked", async () => {
  viewer = { historyVersion: 0, hasLikes: false, optedOut: false, since: null };
  const cover = await makeService().choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "QUALITY", reason: "NEW_VIEWER", frameId: "frame-1" });
  expect(describe).not.toHaveBeenCalled();
  expect(scoreFrames).not.toHaveBeenCalled();
});

test("a decision stays until the history changes", async () => {
  const service = makeService();
  const first = await service.choose(videoId, userId);
  expect(await service.choose(videoId, userId)).toEqual(first);
  expect(scoreFrames).toHaveBeenCalledTimes(1);
  viewer = { ...viewer, historyVersion: 2 };
  expect((await service.choose(videoId, userId)).decisionId).not.toBe(first.decisionId);
});

test("a hundred callers at the same moment are answered by one scoring", async () => {
  const service = makeService();
  const covers = await Promise.all(Array.from({ length: 100 }, () => service.choose(videoId, userId)));
  expect(new Set(covers.map((cover) => cover.decisionId)).size).toBe(1);
  expect(scoreFrames).toHaveBeenCalledTimes(1);
});

test("where another caller's decision came too late for its turn, so did this one's, and the next is made", async () => {
  describe.mockRejectedValueOnce(new TurnTooLateError(1001));
  const service = makeService();
  expect(await service.choose(videoId, userId)).toMatchObject({ basis: "QUALITY", reason: "TIME_BUDGET" });
  expect(kept.size).toBe(0);
  expect(await service.choose(videoId, userId)).toMatchObject({ basis: "PERSONALIZED" });
});

test.each(["describe", "scoreFrames"])("where %s fails the cover is by quality and not kept", async (step) => {
  (step === "describe" ? describe : scoreFrames).mockRejectedValueOnce(new Error("out of memory"));
  const service = makeService();
  const cover = await service.choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "QUALITY", reason: "SCORER_FAILED", frameId: "frame-1" });
  expect(kept.size).toBe(0);
  expect(await service.choose(videoId, userId)).toMatchObject({ basis: "PERSONALIZED" });
});

test("where the frames are replaced in the middle of it, it is decided once more, from the new ones", async () => {
  scoreFrames.mockImplementationOnce(() => {
    if (video) video.revision = 2;
    return Promise.reject(new Error("The bytes of an image are gone."));
  });
  const cover = await makeService().choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED", frameId: "frame-0" });
  expect([...kept.keys()]).toEqual([expect.stringMatching(/"film",2,0]$/)]);
});

/** As the candidates are read, there are others already: those that are asked for are no more. */
function actBetween(act: () => void): void {
  readEncoded.mockImplementationOnce(() => {
    act();
    return Promise.resolve(new Map());
  });
}
const rule = () => {
  if (video) video.rulesRevision += 1;
};

test("it is decided anew for as long as the owner acts in the middle of it, and nothing of that is an error", async () => {
  for (let acts = 0; acts < 3; acts++) actBetween(rule);
  const cover = await makeService().choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED" });
  expect([...kept.keys()]).toEqual([expect.stringMatching(/"film",1,3]$/)]);
  expect(logged).toEqual([]);
});

test("where the owner acts for as long as anybody waits, the time is over and nothing has failed", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  for (const now of [400, 800, 1200]) {
    actBetween(() => {
      rule();
      clock.mockReturnValue(now);
    });
  }
  expect(await makeService(1000).choose(videoId, userId)).toMatchObject({ basis: "QUALITY", reason: "TIME_BUDGET" });
  expect(readEncoded).toHaveBeenCalledTimes(3);
  expect(logged).toMatchObject([{ level: 40, msg: expect.stringMatching(/took too long/) as string }]);
});

test("what fails though the owner acts meanwhile is told as the failure that it is", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  scoreFrames.mockImplementation(() => {
    rule();
    clock.mockReturnValue(1200);
    return Promise.reject(new Error("out of memory"));
  });
  expect(await makeService(1000).choose(videoId, userId)).toMatchObject({ basis: "QUALITY", reason: "SCORER_FAILED" });
  expect(logged).toMatchObject([{ level: 50 }]);
});

test("where the video is deleted in the middle of it, it is not found, and nothing has failed", async () => {
  actBetween(() => (video = null));
  await expect(makeService().choose(videoId, userId)).rejects.toMatchObject({ code: "VIDEO_NOT_FOUND" });
  expect(logged).toEqual([]);
});

test("where the time budget passes the cover is by quality and not kept; what comes late is there for the next caller", async () => {
  let answer: (value: unknown) => void = () => undefined;
  scoreFrames.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const service = makeService(300);
  const cover = await service.choose(videoId, userId);
  expect(cover).toMatchObject({ basis: "QUALITY", reason: "TIME_BUDGET", frameId: "frame-1" });
  expect(kept.size).toBe(0);

  answer([{ interestWeights: Float32Array.of(0, 0, 1), probabilities: Float32Array.of(0, 0, 1) }]);
  await vi.waitFor(() => expect(kept.size).toBe(1));
  expect(await service.choose(videoId, userId)).toMatchObject({ basis: "PERSONALIZED", frameId: "frame-2" });
});

test("an unknown video is an error", async () => {
  video = null;
  await expect(makeService().choose(videoId, userId)).rejects.toMatchObject({ code: "VIDEO_NOT_FOUND" });
});

test.each(["PENDING", "PROCESSING"] as const)("a video that is %s says when to ask again", async (status) => {
  if (video) video.status = status;
  const details = { status, retryAfterSeconds: expect.any(Number) as number };
  await expect(makeService().choose(videoId, userId)).rejects.toMatchObject({ code: "VIDEO_NOT_READY", details });
});

test("a video that failed says why, and not to wait", async () => {
  const failure = { code: "NO_SAFE_FRAME", message: "All frames are unsafe." };
  if (video) Object.assign(video, { status: "FAILED", failureCode: failure.code, failureMessage: failure.message });
  await expect(makeService().choose(videoId, userId)).rejects.toMatchObject({
    code: "VIDEO_NOT_READY",
    details: { videoId, status: "FAILED", failure },
  });
});
