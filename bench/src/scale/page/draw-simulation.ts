import { predictHits } from "../model/predict-hits.js";
import { waitPercentile } from "../model/waiting.js";
import type { Plan } from "../plan/make-plan.js";
import { demandOf } from "../plan/plan-inputs.js";
import type { Simulation } from "../simulate.js";
import { drawCurves } from "./draw-curves.js";

const COLOUR = { formula: "#2f7d5b", simulated: "#b4532a" } as const;

/** What the simulation gave, over what the formulas say: hits by room, waiting by load. */
export function drawSimulation(plan: Plan, simulation: Simulation): string {
  const demand = demandOf(plan.inputs);
  const { cores, meanMs } = plan.covers.machine;
  const rooms = Array.from({ length: 21 }, (_, place) => Math.max(2, place * 10));
  const loads = Array.from({ length: 33 }, (_, place) => 60 + place);
  const waitAt = (load: number) => waitPercentile({ cores, meanMs, perSecond: (load * 10 * cores) / meanMs }, 99);
  const top = Math.ceil(waitAt(Math.max(...loads)) / 100) * 100;
  return drawCurves([
    {
      title: "Covers that were decided before",
      x: { label: "room in the tier, covers a viewer", from: 0, to: 200, ticks: [0, 50, 100, 150, 200] },
      y: { label: "% of covers", from: 0, to: 100, ticks: [0, 25, 50, 75, 100] },
      curves: [
        {
          ...{ label: "Che's approximation", colour: COLOUR.formula, mark: "line" },
          points: rooms.map((room) => [room, predictHits(demand, room).hits * 100]),
        },
        {
          ...{ label: "simulated shards", colour: COLOUR.simulated, mark: "dots" },
          points: simulation.caches.map(({ room, counts }) => [room, (1 - counts.decided / counts.asked) * 100]),
        },
      ],
    },
    {
      title: `Waiting for one of ${cores} cores`,
      x: { label: "cores in use, %", from: 60, to: 92, ticks: [60, 70, 80, 90] },
      y: { label: "p99 of waiting, ms", from: 0, to: top, ticks: [0, top / 4, top / 2, (top * 3) / 4, top] },
      curves: [
        {
          ...{ label: "Erlang C", colour: COLOUR.formula, mark: "line" },
          points: loads.map((load) => [load, waitAt(load)]),
        },
        {
          ...{ label: "simulated", colour: COLOUR.simulated, mark: "dots" },
          points: simulation.waiting.map(({ simulated }) => [simulated.utilisation * 100, simulated.p99Ms]),
        },
      ],
    },
  ]);
}
