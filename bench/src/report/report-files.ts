import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeGoal, isMet, ratioOf, type MeasuredRow } from "../measured-row.js";
import { drawChart } from "./draw-chart.js";
import type { Measurement } from "./measurement.js";
import { writePerformancePage } from "./write-performance-page.js";

/** A line of results.json. */
export interface ResultLine {
  readonly name: string;
  readonly figure: number;
  readonly floor: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly met: boolean;
}

/**
 * Puts rows among those that were measured before, in the place of their former selves, and writes everything that is made
 * of them: `bench/measured.json`, which holds all that is known, `bench/results.json`, `bench/chart.svg` and
 * `docs/performance.md`.
 *
 * @param root  the folder that holds `bench/` and `docs/`
 * @param order names of the rows as the table shows them; others come after
 */
export async function keepRows(root: string, rows: readonly Measurement[], order: readonly string[]): Promise<void> {
  await mkdir(join(root, "bench"), { recursive: true });
  await mkdir(join(root, "docs"), { recursive: true });
  const file = join(root, "bench", "measured.json");
  const byName = new Map((await readMeasured(file)).map((measurement) => [measurement.row.name, measurement]));
  for (const measurement of rows) byName.set(measurement.row.name, measurement);
  const place = (name: string) => (order.indexOf(name) + order.length + 1) % (order.length + 1);
  const all = [...byName.values()].sort((a, b) => place(a.row.name) - place(b.row.name));
  await writeFile(file, toJson(all));
  await writeFile(join(root, "bench", "results.json"), toJson(all.map(({ row }) => toLine(row))));
  await writeFile(join(root, "bench", "chart.svg"), drawChart(all.map(({ row }) => row)));
  await writeFile(join(root, "docs", "performance.md"), await writePerformancePage(all, order));
}

function toLine(row: MeasuredRow): ResultLine {
  const { name, figure, floor } = row;
  return {
    ...{ name, figure, floor: floor?.value ?? null, ratio: ratioOf(row) },
    ...{ goal: describeGoal(row), met: isMet(row) },
  };
}

async function readMeasured(file: string): Promise<Measurement[]> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Measurement[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
