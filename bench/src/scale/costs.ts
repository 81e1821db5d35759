import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Measurement } from "../report/measurement.js";
import { benchmarked, measured, type BenchmarkName, type MeasuredName } from "./inputs.js";

/** When and on what figures were measured. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly cores: number;
  /** Of the machine just before: what waited for a processor. */
  readonly loadBefore: number;
}

/** The measured half of the inputs, as `bench/scale-costs.json` has it. */
export interface Costs {
  readonly circumstances: Circumstances;
  readonly measured: Readonly<Record<MeasuredName, number>>;
  readonly benchmarks: Readonly<Record<BenchmarkName, { readonly figure: number; readonly circumstances: string }>>;
}

const fileIn = (root: string) => join(root, "bench", "scale-costs.json");

/** @throws Error where a figure is missing or no number */
export async function readCosts(root: string): Promise<Costs> {
  const costs = JSON.parse(await readFile(fileIn(root), "utf8")) as Costs;
  for (const name of Object.keys(measured) as MeasuredName[]) insist(name, costs.measured[name]);
  for (const name of Object.keys(benchmarked) as BenchmarkName[]) insist(name, costs.benchmarks[name].figure);
  return costs;
}

export async function writeCosts(root: string, costs: Costs): Promise<void> {
  await writeFile(fileIn(root), `${JSON.stringify(costs, null, 2)}\n`);
}

/** Takes over what `npm run bench` measured since, as far as its file is there. */
export async function takeOverBenchmarks(root: string, costs: Costs): Promise<Costs> {
  const text = await readFile(join(root, "bench", "measured.json"), "utf8").catch(() => "[]");
  const byName = new Map((JSON.parse(text) as Measurement[]).map((one) => [one.row.name, one]));
  const names = Object.keys(benchmarked) as BenchmarkName[];
  const benchmarks = names.map((name) => {
    const one = byName.get(name);
    if (one === undefined) return [name, costs.benchmarks[name]];
    const circumstances = `${one.date}, load just before ${one.loadBefore.toFixed(1)}`;
    return [name, { figure: one.row.figure, circumstances }];
  });
  return { ...costs, benchmarks: Object.fromEntries(benchmarks) as Costs["benchmarks"] };
}

function insist(name: string, figure: number | undefined): void {
  if (figure === undefined || !Number.isFinite(figure) || figure < 0) {
    throw new Error(`bench/scale-costs.json has no figure for ${name}: npm run scale -- --measure`);
  }
}
