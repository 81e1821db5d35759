const WORDS = [
  [1e12, " trillion"],
  [1e9, " billion"],
  [1e6, " million"],
] as const;

const BYTES = [
  [1e15, " P"],
  [1e12, " T"],
  [1e9, " G"],
  [1e6, " M"],
  [1e3, " k"],
] as const;

/** Three digits that count: "5.44 million covers/s", "36.8 PB", "4,570 machines". */
export function formatQuantity(value: number, unit = ""): string {
  if (unit === "bytes" || unit === "bytes/s") return `${scaleBy(value, BYTES, " ")}B${unit.slice(5)}`;
  const number = scaleBy(value, WORDS, "");
  if (unit.startsWith("$")) return `$${number}${unit.slice(1)}`;
  return unit === "" ? number : `${number} ${unit}`;
}

/** Words in which each number is written like that: what a figure is worked out from. */
export function inFigures(words: TemplateStringsArray, ...numbers: readonly number[]): string {
  return String.raw({ raw: words }, ...numbers.map((number) => formatQuantity(number)));
}

function scaleBy(value: number, steps: readonly (readonly [number, string])[], otherwise: string): string {
  const [size, name] = steps.find(([least]) => Math.abs(value) >= least * 0.9995) ?? [1, otherwise];
  return `${toThreeDigits(value / size)}${name}`;
}

function toThreeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5;
  const rounded = size >= 1000 ? Number(value.toPrecision(3)) : Number(value.toFixed(digits));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: digits });
}
