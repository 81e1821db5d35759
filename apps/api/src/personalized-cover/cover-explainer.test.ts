import { parseImageHash, type ImageHash } from "@facet/domain";
import { expect, test } from "vitest";
import type { LikedImageRecord } from "../liked-image/liked-image-records.js";
import type { CoverDecision } from "./cover-decision.js";
import { CoverExplainer } from "./cover-explainer.js";

const hashOf = (number: number): ImageHash => parseImageHash(number.toString(16).padStart(64, "0"));

const frames = [0, 1].map((index) => {
  return { id: `frame-${index}`, timestampMs: index, qualityScore: 0.5, imageHash: hashOf(index) };
});

function makeLike(userId: string, imageHash: ImageHash): LikedImageRecord {
  const image = { hash: imageHash, width: 1, height: 1 };
  const times = { likedAt: new Date(0), recordedAt: new Date(0) };
  return { id: `${userId}'s ${imageHash}`, userId, imageHash, image, sourceKind: "UPLOAD", ...times };
}

const decisionOf = (userId: string): CoverDecision => ({
  ...{ decisionId: userId, videoId: "film", userId, frameId: "frame-0", basis: "PERSONALIZED", reason: "SCORED" },
  ...{ probability: 0.5, modelVersion: "m", historyVersion: 1, decidedAt: new Date(0), diversified: false },
  candidates: frames.map(({ id }) => ({ frameId: id, interestWeight: 1, probability: 0.5 })),
});

test("a picture that goes while covers are explained costs its own viewer's explanation, and nobody else's", async () => {
  const likes = new Map([
    ["ann", [hashOf(10), hashOf(11)].map((hash) => makeLike("ann", hash))],
    ["bob", [makeLike("bob", hashOf(12))]],
  ]);
  const gone = hashOf(11);
  const scores = { interestWeights: Float32Array.of(1, 1), probabilities: Float32Array.of(0.75, 0.25) };
  const explainer = new CoverExplainer({
    candidates: { read: () => Promise.resolve(new Map([["film", frames]])) },
    scorer: {
      modelVersion: "m",
      describeHistories: (histories) => Promise.resolve(histories.map(() => ({}) as never)),
      scoreFrames: (requests) => Promise.resolve(requests.map(() => scores)),
    },
    readHistories: (userIds) =>
      Promise.resolve(new Map(userIds.map((userId) => [userId, { version: 1, likes: likes.get(userId) ?? [] }]))),
    findFeatures: (hashes) =>
      Promise.resolve(new Map(hashes.filter((hash) => hash !== gone).map((hash) => [hash, Float32Array.of(1)]))),
  });
  const [ofAnn, ofBob] = await explainer.explain([decisionOf("ann"), decisionOf("bob")]);
  expect(ofAnn).toBeUndefined();
  // Of an only like, against a viewer who likes nothing: two frames of one quality.
  expect(ofBob).toMatchObject([{ likedImage: { userId: "bob" }, probabilityFall: 0.25 }]);
});
