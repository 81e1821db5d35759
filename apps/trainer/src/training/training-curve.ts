import type { ScoreName } from "./validate.js";

/** What is drawn: the state of training after so many steps. */
export interface CurvePoint {
  readonly step: number;
  /** Mean loss since the point before. */
  readonly loss: number;
  /** The score on validation groups, 0..1: hit@1 unless no cover is known. Undefined where there are no such groups. */
  readonly hitAt1: number | undefined;
}

/** The file's name, in the model's folder. */
export const TRAINING_CURVE = "training-curve.svg";

const SIZE = { width: 760, height: 320, left: 56, right: 56, top: 28, bottom: 40 };
const LOSS_COLOUR = "#9a5b00";
const HIT_COLOUR = "#1257a0";

/** Loss and validation score over the steps, as an SVG document. */
export function drawTrainingCurve(points: readonly CurvePoint[], score: ScoreName = "hit@1"): string {
  const steps = Math.max(1, ...points.map(({ step }) => step));
  const highestLoss = Math.max(1e-9, ...points.map(({ loss }) => loss));
  const x = (step: number) => SIZE.left + ((SIZE.width - SIZE.left - SIZE.right) * step) / steps;
  const y = (share: number) => SIZE.height - SIZE.bottom - (SIZE.height - SIZE.top - SIZE.bottom) * share;
  const line = (share: (point: CurvePoint) => number, colour: string) =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points
      .map((point) => `${x(point.step).toFixed(1)},${y(share(point)).toFixed(1)}`)
      .join(" ")}"/>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/>` +
      label(SIZE.left - 8, y(share) + 4, "end", LOSS_COLOUR, (share * highestLoss).toFixed(2)) +
      label(SIZE.width - SIZE.right + 8, y(share) + 4, "start", HIT_COLOUR, `${Math.round(share * 100)}%`) +
      label(x(share * steps), SIZE.height - SIZE.bottom + 18, "middle", "#444", String(Math.round(share * steps))),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...ticks,
    line(({ loss }) => loss / highestLoss, LOSS_COLOUR),
    line(({ hitAt1 = 0 }) => hitAt1, HIT_COLOUR),
    label(SIZE.left, 18, "start", LOSS_COLOUR, "training loss"),
    label(SIZE.width - SIZE.right, 18, "end", HIT_COLOUR, `${score} on validation groups`),
    label(SIZE.width / 2, SIZE.height - 6, "middle", "#444", "training step"),
    "</svg>",
    "",
  ].join("\n");
}

function label(x: number, y: number, anchor: "start" | "middle" | "end", colour: string, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${text}</text>`;
}
