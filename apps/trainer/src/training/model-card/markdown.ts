export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A bar in a name would end its cell.
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
