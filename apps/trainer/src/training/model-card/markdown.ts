import { percent as figureOf } from "../../evaluation/figures.js";

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A bar in a name would end its cell.
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A share, 0..1, with its sign. */
export function percent(share: number): string {
  return `${figureOf(share)}%`;
}
