const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that is markup already. Made by `html`, which escapes what it puts in, and of style sheets of our own. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly Part[];

/** Markup with values in it: what is not markup is escaped, lists are joined. Fit for SVG as well. */
export function html(literals: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(literals.reduce((text, literal, i) => text + toText(values[i - 1] ?? "") + literal));
}

function toText(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return part.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  if (typeof part === "number") return String(Math.round(part * 100) / 100);
  return part.map(toText).join("");
}
