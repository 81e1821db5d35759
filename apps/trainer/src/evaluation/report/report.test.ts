import { describe, expect, test } from "vitest";
import type { MethodKind } from "../../methods/method.js";
import { nameInterests } from "../../photos/interests.fixture.js";
import type { EvaluationResults, MethodResult } from "../results.js";
import { renderGainChart } from "./gain-chart.js";
import { html } from "./html.js";
import { roundTicks } from "./interval-chart.js";
import { renderReport, type ReportFacts } from "./render-report.js";

const around = (mean: number) => ({ mean, low: mean - 0.02, high: mean + 0.03 });
const result = (world: "W1" | "W6-1", method: string, kind: MethodKind, hit: number): MethodResult => ({
  ...{ world, method, kind, hitAt1: around(hit), mrr: around(hit), ndcg5: around(hit) },
  ...(kind === "shipped" && { ece: around(0.04) }),
});

const results: EvaluationResults = {
  viewers: 400,
  seed: 7,
  results: (["W1", "W6-1"] as const).flatMap((world) => [
    result(world, "random", "baseline", 0.15),
    result(world, "lda-mean", "learned", 0.8),
    result(world, "shipped", "shipped", 0.875),
    result(world, "oracle", "oracle", 1),
  ]),
  differences: (["W1", "W6-1"] as const).flatMap((world) => [
    { world, method: "shipped", against: "random", hitAt1: around(0.725), interests: 9 },
    { world, method: "shipped", against: "lda-mean", hitAt1: around(0.075), interests: 9 },
    {
      ...{ world, method: "shipped", against: "best", best: "lda-mean" },
      ...{ hitAt1: around(world === "W1" ? 0.075 : 0.01), interests: 9 },
    },
  ]),
  summaries: [],
  summaryDifferences: [],
  reliability: [{ world: "W1", method: "shipped", bins: [{ confidence: 0.85, hitRate: 0.875, decisions: 400 }] }],
};
const facts: ReportFacts = {
  photos: ["photos/<mine>"],
  heldOut: true,
  judged: [{ name: "mine & yours", interests: nameInterests(9, 2) }],
  fitOn: [],
  viewers: 400,
  seed: 7,
  encoder: "encoder-1",
  models: [{ method: "shipped", modelVersion: "model-1" }],
  warnings: ["It knows <all> of them."],
  date: new Date("2026-03-04T05:06:07Z"),
};
const page = renderReport(facts, results);
const gains = renderGainChart("mine & <yours>", results);
const count = (part: string) => page.split(part).length - 1;

describe("the report", () => {
  test("says what was judged, by what and when", () => {
    for (const fact of ["mine &amp; yours: 9", "held out", "400", "encoder-1", "model-1", "2026-03-04 05:06 UTC"]) {
      expect(page).toContain(fact);
    }
  });

  test("says beside the verdict what a reader must know before believing it", () => {
    expect(page.indexOf("It knows &lt;all&gt; of them.")).toBeGreaterThan(page.indexOf('class="verdict"'));
    expect(page.indexOf("It knows &lt;all&gt; of them.")).toBeLessThan(page.indexOf("<h2>"));
  });

  test("takes names for text, whatever they hold", () => {
    expect(page).toContain("photos/&lt;mine&gt;");
    expect(page).not.toContain("<mine>");
  });

  test("draws two charts for each world, and the probabilities where there are some", () => {
    expect(count('role="img"')).toBe(2 * 2 + 1);
    expect(count("<figcaption>")).toBe(2 * 2 + 1);
  });

  test("marks what is certain and what may be chance", () => {
    const row = (world: string) =>
      /<tr class="(\w+)">/.exec(page.slice(page.lastIndexOf("<tr", page.indexOf(world))))?.[1];
    expect(row('<th scope="row">W1</th>')).toBe("won");
    expect(row('<th scope="row">W6-1</th>')).toBe("open");
  });

  test("fetches nothing and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|https?:/);
  });

  test("is there without a shipped scorer, too", () => {
    const bare = { ...results, differences: [], reliability: [] };
    expect(renderReport({ ...facts, models: [] }, bare)).toContain("lda-mean");
  });
});

test("whatever is put into markup is escaped, and what is markup already is not escaped again", () => {
  const inner = html`<b title="${`"'`}">${"<&>"}</b>`;
  expect(html`<p>${[inner, " ", 1.005]}</p>`.text).toBe('<p><b title="&quot;&#39;">&lt;&amp;&gt;</b> 1</p>');
});

test.each([
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-0.05, 0.05, [-0.04, -0.02, 0, 0.02, 0.04]],
  [-0.03, 0.81, [0, 0.2, 0.4, 0.6, 0.8]],
])("the ticks from %f to %f are round numbers within", (from, to, ticks) => {
  expect(roundTicks(from, to).map((tick) => Number(tick.toFixed(10)) + 0)).toEqual(ticks);
});

describe("the chart of what is won", () => {
  test("has a row for each world, marked by whether it may be chance", () => {
    expect([...gains.matchAll(/class="row (\w+)"/g)].map(([, tone]) => tone)).toEqual(["won", "open"]);
    expect(gains).toContain("+7.5");
  });

  test("takes names for text, and fetches nothing", () => {
    expect(gains).toContain("mine &amp; &lt;yours&gt;");
    expect(gains.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
      /<script|<image|src=|href=|url\(|@import|https?:/,
    );
  });
});
