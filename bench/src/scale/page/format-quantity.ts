const STEPS = [
  [1e15, " P"],
  [1e12, " T"],
  [1e9, " G"],
  [1e6, " M"],
] as const;

/** Three digits that count, with a thousand's comma below a million and a letter above: "5.44 M covers/s", "36.8 PB". */
export function formatQuantity(value: number, unit = ""): string {
  const [size, letter] = STEPS.find(([least]) => Math.abs(value) >= least * 0.9995) ?? [1, ""];
  const number = toThreeDigits(value / size);
  if (unit.startsWith("$")) return `$${number}${letter}${unit.slice(1)}`;
  if (unit === "bytes" || unit === "bytes/s") return formatBytes(value, unit.slice(5));
  return `${number}${letter}${unit === "" ? "" : letter === "" && unit.startsWith("%") ? unit.replace("%", " %") : ` ${unit}`}`;
}

function formatBytes(value: number, rest: string): string {
  const [size, letter] = [...STEPS, [1e3, " k"] as const].find(([least]) => value >= least * 0.9995) ?? [1, " "];
  return `${toThreeDigits(value / size)}${letter}B${rest}`;
}

function toThreeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 0.01) return value.toPrecision(2).replace(/e-0?(\d+)$/, " x 10^-$1");
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const rounded = size >= 1000 ? Number(value.toPrecision(3)) : Number(value.toFixed(digits));
  return rounded.toLocaleString("en-US");
}
