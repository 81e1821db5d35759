import { expect, test } from "vitest";
import type { World } from "../episodes/episode.js";
import type { JudgedWorld } from "./judge-methods.js";
import { summariseWorlds } from "./summarise-worlds.js";

const FIVE = ["W1", "W2", "W3", "W6-1", "W6-3"] as const;

/** Two methods; the shipped one hits so many of the world's viewers, four interests of two viewers each; the other none. */
function judge(world: World, hits: number): JudgedWorld {
  const viewers = Array.from({ length: 8 }, (_, viewer) => viewer);
  const row = (of: (viewer: number) => number) => ({ hits: viewers.map(of), mrr: [], ndcg5: [] });
  return {
    world,
    clusters: viewers.map((viewer) => `interest ${viewer % 4}`),
    methods: [
      { method: { id: "first", kind: "baseline", family: "withoutHistory" }, ...row(() => 0) },
      { method: { id: "shipped", kind: "shipped", family: "scorer" }, ...row((viewer) => (viewer < hits ? 1 : 0)) },
    ],
  };
}

test("each of the five worlds counts the same, and no other counts", () => {
  const worlds = [...FIVE.map((world, i) => judge(world, i + 2)), judge("W5", 0)];
  const { summaries, summaryDifferences } = summariseWorlds(worlds, 1);
  expect(summaries.map(({ name, method, hitAt1 }) => [name, method, hitAt1.mean])).toEqual([
    ["mean5", "first", 0],
    ["mean5", "shipped", (2 + 3 + 4 + 5 + 6) / 5 / 8],
  ]);
  expect(summaryDifferences.map(({ against, best }) => [against, best])).toEqual([
    ["first", undefined],
    ["best", "first"],
  ]);
  expect(summaryDifferences[0]?.hitAt1.low).toBeLessThan(0.5);
});

test("there is no mean of fewer than the five", () => {
  const worlds = FIVE.slice(1).map((world) => judge(world, 4));
  expect(summariseWorlds(worlds, 1)).toEqual({ summaries: [], summaryDifferences: [] });
});

test("the calibration of the five together lets what is too sure in one world make up for what is not sure enough in another", () => {
  const sure = (probability: number, hits: number, world: World) => {
    const judged = judge(world, hits);
    const [first, shipped] = judged.methods;
    if (!first || !shipped) throw new Error("A method is missing.");
    const confidences = shipped.hits.map((hit) => ({ probability, hit: hit === 1 }));
    return { ...judged, methods: [first, { ...shipped, confidences }] };
  };
  const worlds = FIVE.map((world, i) => sure(0.5, i < 2 ? 6 : i > 2 ? 2 : 4, world));
  const { summaries } = summariseWorlds(worlds, 1);
  expect(summaries.map(({ method, ece }) => [method, ece?.mean])).toEqual([
    ["first", undefined],
    ["shipped", 0],
  ]);
});
