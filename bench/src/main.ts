import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchmarks } from "./benchmarks.js";
import { Releasers } from "./releasers.js";
import { describeMachine } from "./report/measurement.js";
import { keepRows } from "./report/report-files.js";
import { printRows } from "./report/print-rows.js";
import { ROW_ORDER } from "./row-order.js";
import { runBenchmarks } from "./run-benchmarks.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RUNS = 5;
const HELP = `npm run bench [-- NAME …] [--runs N] [--quick] [--out DIR]

Measures each of these against a floor or a peer in the same run, about 40 minutes in all:
${benchmarks.map(({ name, about }) => `  ${name.padEnd(11)}${about}`).join("\n")}

  NAME        measures only these
  --runs N    how often each measurement is repeated, 1 to 99 [${RUNS}]
  --quick     a smoke test: everything is run, on next to nothing; the figures mean nothing
  --tfjs-node DIR
              the folder that @tensorflow/tfjs-node is installed in [FACET_BENCH_TFJS_NODE]
  --out DIR   where bench/results.json, bench/chart.svg and docs/performance.md are written
              [this repository; with --quick, nowhere]`;

const startedAt = Date.now();
await main();

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return;
  const { chosen, runs, isQuick, tfjsNodeFolder, out } = options;
  const releasers = new Releasers();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void releasers.release().then(() => process.exit(130)));
  }
  const [machine, date] = [await describeMachine(), new Date().toISOString().slice(0, 10)];
  const failed = await runBenchmarks(chosen, {
    ...{ isQuick, runs, tfjsNodeFolder, tell, releasers },
    onRows: async (rows, loadBefore) => {
      printRows(rows);
      const measured = rows.map((row) => ({ row, date, machine, loadBefore }));
      if (out !== undefined) await keepRows(out, measured, ROW_ORDER);
    },
  });
  if (failed.length === 0) return;
  tell(`Failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        ...{ quick: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
        ...{ runs: { type: "string" }, out: { type: "string" } },
        "tfjs-node": { type: "string", default: process.env["FACET_BENCH_TFJS_NODE"] ?? "" },
      },
    });
    if (values.help) {
      console.log(HELP);
      return undefined;
    }
    const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
    if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(", ")}; --help names them.`);
    const isQuick = values.quick;
    const runs = Number(values.runs ?? (isQuick ? 1 : RUNS));
    if (!Number.isInteger(runs) || runs < 1 || runs > 99) throw new Error("--runs takes a whole number of 1 to 99.");
    const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    const tfjsNodeFolder = values["tfjs-node"] === "" ? undefined : resolve(values["tfjs-node"]);
    return { chosen, runs, isQuick, tfjsNodeFolder, out: values.out ?? (isQuick ? undefined : join(ROOT)) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** What is said along the way goes to standard error, so that standard output holds results alone. */
function tell(line: string): void {
  process.stderr.write(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
}
