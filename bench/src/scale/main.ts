import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine, readLoad } from "../report/measurement.js";
import { readCosts, takeOverBenchmarks, writeCosts, type Costs } from "./costs.js";
import { measured, type MeasuredName } from "./inputs.js";
import { measureCosts } from "./measure/measure-costs.js";
import { drawSimulation } from "./page/draw-simulation.js";
import { fillPage, formatPage } from "./page/fill-page.js";
import { writeInputs, writeSections } from "./page/sections.js";
import { makePlan } from "./plan/make-plan.js";
import { simulate } from "./simulate.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const HELP = `npm run scale [-- --measure]

Works out docs/scale.md anew, and simulates its caches and its queue: from bench/src/scale/inputs.ts, bench/scale-costs.json
and what npm run bench measured last.

  --measure   measures what bench/scale-costs.json holds first, some minutes on a service and a Postgres of its own`;

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { measure: { type: "boolean", default: false }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const known = await readCosts(ROOT);
  const costs = await takeOverBenchmarks(ROOT, values.measure ? await measureAnew(known) : known);
  await writeCosts(ROOT, costs);
  const plan = makePlan(costs);
  const simulation = simulate(costs, plan.covers);
  const sections = writeSections(costs, plan, simulation);
  const file = join(ROOT, "docs", "scale.md");
  await writeFile(file, await fillPage(await readFile(file, "utf8"), sections));
  await writeFile(join(ROOT, "docs", "scale-inputs.md"), await formatPage(writeInputs(costs)));
  await writeFile(join(ROOT, "bench", "scale.svg"), drawSimulation(plan, simulation));
  console.log([sections["answer"], sections["limits"], sections["caches"], sections["waiting"]].join("\n\n"));
}

async function measureAnew(known: Costs): Promise<Costs> {
  const circumstances = {
    date: new Date().toISOString().slice(0, 10),
    machine: await describeMachine(),
    cores: cpus().length,
    loadBefore: readLoad(),
  };
  const figures = await measureCosts((line) => console.error(line));
  const names = Object.keys(measured) as MeasuredName[];
  // Four digits: more would say that the next run gives the same.
  const rounded = names.map((name) => [name, Number((figures[name] ?? Number.NaN).toPrecision(4))]);
  return { ...known, circumstances, measured: Object.fromEntries(rounded) as Costs["measured"] };
}
