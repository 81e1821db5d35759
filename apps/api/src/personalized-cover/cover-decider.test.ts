import { parseImageHash } from "@facet/domain";
import { afterEach, expect, test, vi } from "vitest";
import { FeaturesLackingError } from "../image/features-lacking.js";
import { CoverDecider, SCORED_AT_ONCE, ScopeChangedError, TurnTooLateError, type CoverCase } from "./cover-decider.js";
import type { ViewerScope } from "./cover-decision.js";

const frame = { id: "frame", timestampMs: 0, qualityScore: 1, imageHash: parseImageHash("0f".repeat(32)) };
const OTHER_PICTURE = parseImageHash("f0".repeat(32));
const scope = { videoId: "film", videoRevision: 1, rulesRevision: 0 };
const scored: CoverCase = { ...scope, grounds: { basis: "PERSONALIZED", reason: "SCORED" } };
const viewerOf = (userId: string): ViewerScope => ({
  ...{ userId, viewerSince: new Date(0), modelVersion: "m", historyVersion: 1 },
});
const BUDGET_MS = 1000;
afterEach(() => void vi.restoreAllMocks());
const turnOfEventLoop = () => new Promise((resolve) => setImmediate(resolve));

/** A decider whose descriptions are made when they are told to, and whose they are, in the order of their making. */
function makeDecider(framesLack = false) {
  const described: string[] = [];
  const ends: (() => void)[] = [];
  const made: (readonly string[])[] = [];
  const makes: (() => void)[] = [];
  const frames = new Map([["film", [{ ...frame, feature: Float32Array.of(1) }]]]);
  const decider = new CoverDecider({
    timeBudgetMs: BUDGET_MS,
    features: {
      read: async (hashes) => {
        made.push(hashes);
        await new Promise<void>((resolve) => makes.push(resolve));
        return [];
      },
    },
    candidates: { read: () => Promise.resolve(new Map([...frames, ["second film", [frame]]])) },
    encodedCandidates: {
      read: () =>
        framesLack && made.length === 0
          ? Promise.reject(new FeaturesLackingError([OTHER_PICTURE]))
          : Promise.resolve(frames),
    },
    descriptions: {
      describe: async ({ userId }) => {
        if (userId.startsWith("lacks") && made.length === 0) throw new FeaturesLackingError([frame.imageHash]);
        described.push(userId);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (userId === "viewer 0") throw new Error("out of memory");
        const none = new Float32Array();
        return { modelVersion: "m", likedImages: 1, states: none, kindMean: none, directions: none };
      },
    },
    scorer: {
      scoreFrames: () => Promise.resolve([{ interestWeights: Float32Array.of(1), probabilities: Float32Array.of(1) }]),
    },
    decisions: {
      keep: (viewer, made) => {
        const facts = { decisionId: viewer.userId, decidedAt: new Date(), diversified: false };
        return Promise.resolve(new Map(made.map((one) => [one.videoId, { ...facts, ...viewer, ...one }])));
      },
    },
  });
  const decide = async (userId: string, one: CoverCase) => decider.decide(viewerOf(userId), [one]).get("film");
  return { decider, decide, described, made, endFirst: () => ends.shift()?.(), endMaking: () => makes.shift()?.() };
}

test("only so many are scored at once, the others in the order in which they came, also where one fails", async () => {
  const { decide, described, endFirst } = makeDecider();
  const viewers = Array.from({ length: SCORED_AT_ONCE + 3 }, (_, place) => `viewer ${place}`);
  const work = Promise.allSettled(viewers.map((viewer) => decide(viewer, scored)));
  await turnOfEventLoop();
  expect(described).toEqual(viewers.slice(0, SCORED_AT_ONCE));
  for (let ended = 1; ended <= viewers.length; ended++) {
    endFirst();
    await turnOfEventLoop();
    expect(described).toEqual(viewers.slice(0, SCORED_AT_ONCE + ended));
  }
  expect((await work).map(({ status }) => status)).toEqual(["rejected", ...viewers.slice(1).map(() => "fulfilled")]);
});

test("what has waited for its turn for longer than anybody waits is not begun, and keeps nobody back", async () => {
  const { decide, described, endFirst } = makeDecider();
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const all = Array.from({ length: SCORED_AT_ONCE + 2 }, (_, place) => `viewer ${place + 1}`);
  const work = all.map((viewer) => decide(viewer, scored));
  const settled = Promise.allSettled(work);
  await turnOfEventLoop();
  clock.mockReturnValue(BUDGET_MS + 1);
  const later = decide("who came later", scored);
  endFirst();
  await turnOfEventLoop();
  expect(described).toEqual([...all.slice(0, SCORED_AT_ONCE), "who came later"]);
  for (let left = 0; left < SCORED_AT_ONCE; left++) endFirst();
  expect(await later).toMatchObject({ decisionId: "who came later" });
  const outcomes = (await settled).map((one) => (one.status === "rejected" ? (one.reason as Error) : "decided"));
  expect(outcomes.slice(0, SCORED_AT_ONCE)).toEqual(Array(SCORED_AT_ONCE).fill("decided"));
  for (const outcome of outcomes.slice(SCORED_AT_ONCE)) expect(outcome).toBeInstanceOf(TurnTooLateError);
});

test("who lacks features keeps nobody back while they are made, and is scored then", async () => {
  const { decide, described, made, endFirst, endMaking } = makeDecider();
  const lacking = decide("lacks a like's feature", scored);
  await turnOfEventLoop();
  expect(made).toEqual([[frame.imageHash]]);
  const others = Array.from({ length: SCORED_AT_ONCE }, (_, place) => decide(`viewer ${place + 1}`, scored));
  await turnOfEventLoop();
  expect(described).toHaveLength(SCORED_AT_ONCE);
  others.forEach(endFirst);
  await Promise.all(others);
  endMaking();
  await turnOfEventLoop();
  expect(described.at(-1)).toBe("lacks a like's feature");
  endFirst();
  expect(await lacking).toMatchObject({ basis: "PERSONALIZED" });
});

test("what likes and frames lack is made in one go", async () => {
  const { decide, made, endFirst, endMaking } = makeDecider(true);
  const lacking = decide("lacks a like's feature", scored);
  await turnOfEventLoop();
  expect(made).toEqual([[frame.imageHash, OTHER_PICTURE]]);
  endMaking();
  await turnOfEventLoop();
  endFirst();
  expect(await lacking).toMatchObject({ basis: "PERSONALIZED" });
});

test("features that were made after anybody waited for them are there for the next who asks", async () => {
  const { decide, described, endMaking } = makeDecider();
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const lacking = decide("lacks a like's feature", scored);
  await turnOfEventLoop();
  clock.mockReturnValue(BUDGET_MS + 1);
  endMaking();
  await expect(lacking).rejects.toBeInstanceOf(TurnTooLateError);
  expect(described).toEqual([]);
});

test("what needs no score waits for nobody's", async () => {
  const { decide, described, endFirst } = makeDecider();
  const waiting = Array.from({ length: SCORED_AT_ONCE + 1 }, (_, place) => decide(`viewer ${place + 1}`, scored));
  const byQuality: CoverCase = { ...scope, grounds: { basis: "QUALITY", reason: "NEW_VIEWER" } };
  const answers: unknown[] = [];
  void decide("a newcomer", byQuality).then((answer) => answers.push(answer));
  await turnOfEventLoop();
  expect(answers).toMatchObject([{ basis: "QUALITY", frameId: "frame" }]);
  expect(described).toHaveLength(SCORED_AT_ONCE);
  while (described.length < waiting.length) {
    endFirst();
    await turnOfEventLoop();
  }
  waiting.forEach(endFirst);
  await Promise.all(waiting);
});

test("a pinned frame that was banned in the middle of it costs the others of its page nothing", async () => {
  const { decider } = makeDecider();
  const work = decider.decide(viewerOf("ann"), [
    { ...scope, grounds: { basis: "PINNED", reason: "OWNER_PINNED", frameId: "banned since" } },
    { ...scope, videoId: "second film", grounds: { basis: "QUALITY", reason: "NEW_VIEWER" } },
  ]);
  await expect(work.get("film")).rejects.toBeInstanceOf(ScopeChangedError);
  expect(await work.get("second film")).toMatchObject({ basis: "QUALITY", frameId: "frame" });
});
