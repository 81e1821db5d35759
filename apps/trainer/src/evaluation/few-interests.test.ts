import { expect, test } from "vitest";
import { FEWEST_CLUSTERS } from "./clustered-bootstrap.js";
import type { JudgedWorld } from "./judge-methods.js";
import { renderGainChart, renderReport } from "./report/index.js";
import { renderResults } from "./result-table.js";
import type { EvaluationResults } from "./results.js";
import { summariseWorld } from "./summarise-world.js";

const TOO_FEW = "of too few interests (";

/** Two viewers of each interest, one of whom the scorer shows a right frame; the other method shows none to either. */
function judge(interests: number): EvaluationResults {
  const viewers = Array.from({ length: 2 * interests }, (_, viewer) => viewer);
  const row = (of: (viewer: number) => number) => ({ hits: viewers.map(of), mrr: [], ndcg5: [] });
  const world: JudgedWorld = {
    world: "W1",
    clusters: viewers.map((viewer) => `interest ${viewer % interests}`),
    methods: [
      { method: { id: "first", kind: "baseline", family: "withoutHistory" }, ...row(() => 0) },
      {
        method: { id: "shipped", kind: "shipped", family: "scorer" },
        ...row((viewer) => (viewer < interests ? 1 : 0)),
      },
    ],
  };
  return { viewers: viewers.length, seed: 1, ...summariseWorld(world, 1), summaries: [], summaryDifferences: [] };
}

function reportOf(results: EvaluationResults): string {
  const facts = { photos: [], heldOut: false, judged: [], fitOn: [], encoder: "", models: [], warnings: [] };
  return renderReport({ ...facts, viewers: 1, seed: 1, date: new Date(0) }, results);
}

const tonesOf = (markup: string) =>
  [...markup.matchAll(/<(?:g|tr) class="(?:row )?(won|lost|open)"/g)].map(([, tone]) => tone);

test.each([3, FEWEST_CLUSTERS - 1])("of %i interests nothing is certain, however narrow the interval", (interests) => {
  const results = judge(interests);
  expect(results.differences.at(-1)).toMatchObject({ hitAt1: { mean: 0.5, low: 0.5, high: 0.5 }, interests });
  expect(renderResults(results)).toContain(`${TOO_FEW}${interests})`);
  const report = reportOf(results);
  const verdict = /class="verdict">(.*?)<\/p>/s.exec(report)?.[1];
  expect(verdict).toContain(`${TOO_FEW}${interests})`);
  expect(new Set([...tonesOf(report), ...tonesOf(renderGainChart("", results))])).toEqual(new Set(["open"]));
});

test("of enough interests the interval decides", () => {
  const results = judge(FEWEST_CLUSTERS);
  const report = reportOf(results);
  expect(renderResults(results)).not.toContain(TOO_FEW);
  expect(report).not.toContain(TOO_FEW);
  expect(new Set([...tonesOf(report), ...tonesOf(renderGainChart("", results))])).toEqual(new Set(["won"]));
});
