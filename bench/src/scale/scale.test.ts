import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { readCosts, type Costs } from "./costs.js";
import { drawSimulation } from "./page/draw-simulation.js";
import { fillPage, formatPage } from "./page/fill-page.js";
import { formatQuantity } from "./format-quantity.js";
import { writeInputs, writeSections } from "./page/sections.js";
import { makePlan, type Plan } from "./plan/make-plan.js";
import { simulate, type Simulation } from "./simulate.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const read = (file: string) => readFile(join(ROOT, file), "utf8");
let costs: Costs;
let plan: Plan;
let simulation: Simulation;

beforeAll(async () => {
  costs = await readCosts(ROOT);
  plan = makePlan(costs);
  simulation = simulate(costs, plan.covers);
});

test("the planned machines take all pages, none of their cores is always busy, and the wait is within its budget", () => {
  const { page, covers, regions, waitBudget } = plan.inputs.of;
  const { machine, machines } = plan.covers;
  const afterLoss = (machines * (regions - 1)) / regions;
  expect(afterLoss * machine.perSecond).toBeGreaterThanOrEqual((covers / page) * 0.999);
  const planned = simulation.waiting.find(({ isPlan }) => isPlan);
  expect(planned?.simulated.utilisation).toBeLessThan(1);
  expect(planned?.simulated.busy).toBeCloseTo(planned?.simulated.utilisation ?? 0, 2);
  expect(planned?.simulated.p99Ms).toBeLessThanOrEqual(waitBudget);
});

test("the caches and the queue of the plan give what the formulas say that it rests on", () => {
  for (const { counts, predicted, viewers } of simulation.caches) {
    expect(counts.fromProcess + counts.fromTier + counts.decided).toBe(counts.asked);
    expect(Math.abs(counts.fromProcess / counts.asked - predicted.process), `${viewers}`).toBeLessThan(0.015);
    expect(Math.abs(1 - counts.decided / counts.asked - predicted.all), `${viewers}`).toBeLessThan(0.015);
    // The plan is made for more kinds of viewers than a shard has.
    expect(Math.abs(predicted.process - plan.covers.hits.process)).toBeLessThan(0.01);
  }
  for (const { simulated, predictedP99Ms } of simulation.waiting) {
    // The fuller a machine, the less 300,000 jobs are to say.
    const tolerance = simulated.utilisation < 0.86 ? 0.15 : 0.25;
    expect(Math.abs(simulated.p99Ms - predictedP99Ms)).toBeLessThan(tolerance * predictedP99Ms);
  }
  for (const { simulated, predicted } of simulation.videos) expect(Math.abs(simulated - predicted)).toBeLessThan(0.01);
});

test("what breaks first is named first, and dearer decisions take more machines", () => {
  const shares = plan.limits.map(({ ofGoal }) => ofGoal);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const dearer = { ...costs.measured, "fresh-page-service": costs.measured["fresh-page-service"] * 2 };
  const { covers } = makePlan({ ...costs, measured: dearer });
  expect(covers.machines).toBeGreaterThan(plan.covers.machines * 1.3);
  expect(makePlan(costs, { likes: plan.inputs.of.likes / 10 }).covers.freshPerSecond).toBeLessThan(
    plan.covers.freshPerSecond,
  );
});

test("docs/scale.md, its inputs and its chart are those of the inputs: npm run scale", async () => {
  const page = await read("docs/scale.md");
  expect(await fillPage(page, writeSections(costs, plan, simulation))).toBe(page);
  expect(await formatPage(writeInputs(costs))).toBe(await read("docs/scale-inputs.md"));
  expect(drawSimulation(plan, simulation)).toBe(await read("bench/scale.svg"));
});

test("a page that lacks a place for figures, or asks for figures that there are not, is refused", async () => {
  const page = "<!-- figures: one -->\n<!-- end of figures -->\n";
  await expect(fillPage(page, {})).rejects.toThrow("no figures one");
  await expect(fillPage(page, { one: "1", two: "2" })).rejects.toThrow("no place for two");
  expect(await fillPage(page, { one: "1" })).toContain("\n1\n");
});

test.each([
  [5_437_800, "covers/s", "5.44 million covers/s"],
  [3.685e16, "bytes", "36.9 PB"],
  [137.8, "pages/s", "138 pages/s"],
  [3_101_000, "$/month", "$3.1 million/month"],
  [0.72, "%", "0.72 %"],
  [5441, "machines", "5,440 machines"],
])("%f %s is written as %s", (value, unit, text) => {
  expect(formatQuantity(value, unit)).toBe(text);
});
