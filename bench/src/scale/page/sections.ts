import type { Costs } from "../costs.js";
import { benchmarked, chosen, measured, type BenchmarkName, type ChosenInput, type MeasuredName } from "../inputs.js";
import type { Step } from "../plan/ledger.js";
import { makePlan, type Plan } from "../plan/make-plan.js";
import type { Simulation } from "../simulate.js";
import { formatQuantity } from "../format-quantity.js";
import { markdownTable } from "./markdown-table.js";

/** Parts of the page that are made of figures, by the name that the page has them under. */
export function writeSections(costs: Costs, plan: Plan, simulation: Simulation): Readonly<Record<string, string>> {
  return {
    answer: writeAnswer(costs, plan),
    limits: writeLimits(plan),
    covers: writeSteps(plan.covers.steps),
    caches: writeCaches(simulation),
    waiting: writeWaiting(simulation),
    levers: writeLevers(costs, plan),
    storage: writeSteps(plan.storage.steps),
    events: writeSteps(plan.events),
    bill: writeSteps(plan.bill),
  };
}

/** The page of all inputs. */
export function writeInputs(costs: Costs): string {
  return [
    "# Inputs of the plan\n",
    "Made by `npm run scale`: do not edit. What [Beyond one machine](scale.md) is worked out from. `bench/src/scale/inputs.ts` has what was chosen, `bench/scale-costs.json` what was measured.\n",
    "## Measured\n",
    writeMeasured(costs),
    "\n## Chosen\n",
    writeChosen(),
    "",
  ].join("\n");
}

function writeAnswer({ circumstances }: Costs, { covers, storage, bill }: Plan): string {
  const month = bill.find(({ what }) => what === "together");
  const each = bill.at(-1);
  return [
    `At the peak ${formatQuantity(covers.hits.all * 100, "%")} of covers were decided before; the others are ${formatQuantity(covers.freshPerSecond)} fresh decisions a second.`,
    `They and the pages take ${formatQuantity(covers.machines)} machines of ${covers.machine.cores} cores, a cache tier of ${formatQuantity(covers.tierMachines)} and a feature store of ${formatQuantity(storage.featureMachines)}, so many that any one of three regions may be lost.`,
    `All of it comes to ${formatQuantity(month?.value ?? Number.NaN, "$")} a month at list prices, or ${formatQuantity(each?.value ?? Number.NaN, "$")} for a million covers, without network and people.`,
    `Unit costs are of ${circumstances.date}, from ${circumstances.cores} cores with a load of ${circumstances.loadBefore.toFixed(1)} just before; commits and images a second, which load slows down, are to be read as the least.`,
  ].join("\n");
}

function writeSteps(steps: readonly Step[]): string {
  return markdownTable(
    ["what", "how", ""],
    steps.map(({ what, how, value, unit }) => [what, how, formatQuantity(value, unit)]),
  );
}

function writeLimits({ limits }: Plan): string {
  return markdownTable(
    ["part", "one Postgres holds up to", "of the goal", "by", "then", "the seam in the code"],
    limits.map(({ part, holdsTo, unit, ofGoal, by, then, seam }) => [
      ...[part, formatQuantity(holdsTo, unit), ofGoal >= 1 ? "all" : formatQuantity(ofGoal * 100, "%"), by, then, seam],
    ]),
  );
}

function writeCaches({ caches, videos }: Simulation): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    markdownTable(
      ["viewers in the shard", "room in the tier", "from the process", "formula", "from either", "formula", "decided"],
      caches.map(({ viewers, room, counts, predicted }) => [
        ...[
          String(viewers),
          `${room} covers/viewer`,
          percent(counts.fromProcess / counts.asked),
          percent(predicted.process),
        ],
        ...[percent(1 - counts.decided / counts.asked), percent(predicted.all), percent(counts.decided / counts.asked)],
      ]),
    ),
    `\nFeatures of videos, 20,000 of them: ${videos
      .map(
        ({ held, simulated, predicted }) =>
          `a cache of ${percent(held)} finds ${percent(simulated)} (formula ${percent(predicted)})`,
      )
      .join(", ")}.`,
  ].join("\n");
}

function writeWaiting({ waiting }: Simulation): string {
  return markdownTable(
    ["cores in use", "pages that wait", "p99 of waiting", "formula", "p99 where times vary half as much", ""],
    waiting.map(({ isPlan, simulated, predictedP99Ms, evenP99Ms }) => [
      ...[`${(simulated.utilisation * 100).toFixed(1)} %`, `${(simulated.waited * 100).toFixed(1)} %`],
      ...[`${simulated.p99Ms.toFixed(0)} ms`, `${predictedP99Ms.toFixed(0)} ms`, `${evenP99Ms.toFixed(0)} ms`],
      isPlan ? "the plan" : "",
    ]),
  );
}

/** What the scorer takes of a feature is linear but for its kind: 156 numbers, 16 of appearance and the kind, as Float16. */
const EMBEDDED_BYTES = 2 * (156 + 16 + 1);

function writeLevers(costs: Costs, plan: Plan): string {
  const { likes, turnover } = plan.inputs.of;
  const vector = costs.measured["feature-vector"];
  const withVector = (bytes: number) =>
    makePlan({ ...costs, measured: { ...costs.measured, "feature-vector": bytes } });
  const bundled = { likes: likes / 10, turnover: turnover / 2 };
  const levers: readonly (readonly [string, Plan])[] = [
    ["as planned", plan],
    ["a viewer's likes count ten at a time", makePlan(costs, { likes: bundled.likes })],
    ["feeds change half as fast", makePlan(costs, { turnover: bundled.turnover })],
    ["both", makePlan(costs, bundled)],
    ["features in half the bytes", withVector(vector / 2)],
    [`features as the scorer projects them, ${EMBEDDED_BYTES} bytes`, withVector(EMBEDDED_BYTES)],
    ["the tier keeps no descriptions", makePlan(costs, { describedShare: 0 })],
    ["the tier has room for 20 covers a viewer", makePlan(costs, { tierRoom: 20 })],
  ];
  return markdownTable(
    ["if", "decided before", "fresh", "machines: API", "tier", "features", "a month"],
    levers.map(([what, { covers, storage, bill }]) => {
      const month = bill.find((step) => step.what === "together")?.value ?? Number.NaN;
      return [
        ...[what, formatQuantity(covers.hits.all * 100, "%"), formatQuantity(covers.freshPerSecond, "covers/s")],
        ...[covers.machines, covers.tierMachines, storage.featureMachines].map((count) => formatQuantity(count)),
        formatQuantity(month, "$"),
      ];
    }),
  );
}

function writeMeasured({ circumstances, ...costs }: Costs): string {
  const names = Object.keys(measured) as MeasuredName[];
  const rows = Object.keys(benchmarked) as BenchmarkName[];
  return [
    markdownTable(
      ["what", "figure"],
      [
        ...names.map((name) => [measured[name].about, formatQuantity(costs.measured[name], measured[name].unit)]),
        ...rows.map((name) => {
          const { figure, circumstances: when } = costs.benchmarks[name];
          return [
            `${benchmarked[name].about}: row \`${name}\` of the benchmarks (${when})`,
            formatQuantity(figure, benchmarked[name].unit),
          ];
        }),
      ],
    ),
    `\nMeasured ${circumstances.date} on ${circumstances.machine}; load just before ${circumstances.loadBefore.toFixed(1)} on ${circumstances.cores} cores.`,
  ].join("\n");
}

function writeChosen(): string {
  return markdownTable(
    ["what", "value", "from"],
    Object.values(chosen).map((input: ChosenInput) => {
      const { about, value, unit } = input;
      return [about, formatQuantity(value, unit), describeOrigin(input.origin)];
    }),
  );
}

function describeOrigin(origin: ChosenInput["origin"]): string {
  switch (origin.kind) {
    case "goal":
      return "the goal";
    case "assumed":
      return `assumed: ${origin.why}`;
    case "code":
      return `the code: ${origin.where}`;
    case "published":
      return origin.where;
  }
}
