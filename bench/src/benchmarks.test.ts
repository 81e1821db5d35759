import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { benchmarks } from "./benchmarks.js";
import { isMet, type MeasuredRow } from "./measured-row.js";
import { Releasers } from "./releasers.js";
import { keepRows, type ResultLine } from "./report/report-files.js";
import { ROW_ORDER } from "./row-order.js";
import { runBenchmarks } from "./run-benchmarks.js";

// One in processes of its own and one on the stage, which ingests a film: this is of shapes, and says nothing of speed.
const QUICK = ["scorer", "stored"];
const rows: MeasuredRow[] = [];
let folder: string;
let failed: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-bench-test-"));
  failed = await runBenchmarks(
    benchmarks.filter(({ name }) => QUICK.includes(name)),
    {
      ...{ isQuick: true, runs: 1, tfjsNodeFolder: undefined, tell: () => undefined, releasers: new Releasers() },
      onRows: (more) => {
        rows.push(...more);
        return Promise.resolve();
      },
    },
  );
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a benchmark comes to rows that the table has a place for, of numbers", () => {
  expect(failed).toEqual([]);
  expect(rows.map(({ name }) => name)).toEqual(ROW_ORDER.filter((name) => QUICK.some((one) => name.startsWith(one))));
  for (const { name, figure, floor } of rows) {
    expect(figure, name).toBeGreaterThanOrEqual(0);
    if (floor !== null) expect(floor.value, name).toBeGreaterThan(0);
  }
});

test("results.json holds a line of six fields for each row, and a row that is measured again takes its old place", async () => {
  const measured = rows.map((row) => ({ row, date: "2026-01-01", machine: "a machine", loadBefore: 0.1 }));
  await keepRows(folder, measured, ROW_ORDER);
  await keepRows(folder, measured.slice(1, 2), ROW_ORDER);
  const lines = JSON.parse(await readFile(join(folder, "bench/results.json"), "utf8")) as ResultLine[];
  expect(lines.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  for (const line of lines) expect(Object.keys(line)).toEqual(["name", "figure", "floor", "ratio", "goal", "met"]);
});

test("the page tells of every row, and marks each that misses its goal", async () => {
  const page = await readFile(join(folder, "docs/performance.md"), "utf8");
  for (const row of rows) {
    const line = page.split("\n").find((one) => one.startsWith(`| \`${row.name}\``));
    expect(line, row.name).toBeDefined();
    expect(line?.includes("**missed**"), row.name).toBe(!isMet(row));
  }
});

test("the page has a place for what was not measured", async () => {
  const page = await readFile(join(folder, "docs/performance.md"), "utf8");
  for (const name of ROW_ORDER) expect(page).toContain(`| \`${name}\` `);
});

test("the chart is a picture with a bar for each row", async () => {
  const chart = await readFile(join(folder, "bench/chart.svg"), "utf8");
  expect(chart.match(/<rect x=/g)).toHaveLength(rows.length);
  expect(chart).not.toMatch(/NaN|undefined|Infinity/);
});
