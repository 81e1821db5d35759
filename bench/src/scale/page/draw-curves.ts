/** Curves over one scale, drawn as an SVG. */
export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
}

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

export interface Curve {
  readonly label: string;
  readonly colour: string;
  /** Dots are what was simulated, a line is what a formula says. */
  readonly mark: "dots" | "line";
  readonly points: readonly (readonly [number, number])[];
}

const WIDTH = 460;
const HEIGHT = 320;
const PLOT = { left: 64, right: 440, top: 64, bottom: 262 } as const;

/** Panels side by side. */
export function drawCurves(panels: readonly Panel[]): string {
  const width = panels.length * WIDTH;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif" font-size="12" fill="#1c1b19">`,
    `<rect width="100%" height="100%" fill="#faf9f7"/>`,
    ...panels.map((panel, place) => `<g transform="translate(${place * WIDTH} 0)">${drawPanel(panel)}</g>`),
    "</svg>",
    "",
  ].join("\n");
}

function drawPanel({ title, x, y, curves }: Panel): string {
  const placeX = (value: number) => scale(value, x, PLOT.left, PLOT.right);
  const placeY = (value: number) => scale(value, y, PLOT.bottom, PLOT.top);
  const rule = `stroke="#dedbd4"`;
  return [
    `<text x="${PLOT.left}" y="26" font-size="15" font-weight="600">${title}</text>`,
    ...curves.map(({ label, colour }, place) => {
      const left = PLOT.left + place * 190;
      return `<circle cx="${left + 4}" cy="44" r="4" fill="${colour}"/><text x="${left + 14}" y="48">${label}</text>`;
    }),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${placeY(tick)}" y2="${placeY(tick)}" ${rule}/><text x="${PLOT.left - 8}" y="${placeY(tick) + 4}" text-anchor="end" fill="#6b6862">${tick}</text>`,
    ),
    ...x.ticks.map(
      (tick) => `<text x="${placeX(tick)}" y="${PLOT.bottom + 18}" text-anchor="middle" fill="#6b6862">${tick}</text>`,
    ),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 40}" text-anchor="middle" fill="#6b6862">${x.label}</text>`,
    `<text transform="translate(18 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#6b6862">${y.label}</text>`,
    ...curves.map((curve) => drawCurve(curve, placeX, placeY)),
  ].join("\n");
}

function drawCurve(
  { mark, colour, points }: Curve,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  if (mark === "dots") {
    return points.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="4.5" fill="${colour}"/>`).join("");
  }
  return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(" ")}"/>`;
}

function scale(value: number, { from, to }: Axis, start: number, end: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return Math.round((start + share * (end - start)) * 10) / 10;
}
