import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const SECTION = /(<!-- figures: (\w+) -->\n)[^]*?(<!-- end of figures -->)/g;

/**
 * Puts sections into the page between their marks, and formats it as the project formats its pages. What stands outside of
 * the marks is left as it is.
 *
 * @throws Error where the page asks for a section that there is not, or has no place for one
 */
export async function fillPage(page: string, sections: Readonly<Record<string, string>>): Promise<string> {
  const filled = new Set<string>();
  const text = page.replace(SECTION, (_whole, begin: string, name: string, end: string) => {
    const section = sections[name];
    if (section === undefined) throw new Error(`There are no figures ${name}.`);
    filled.add(name);
    return `${begin}\n${section}\n${end}`;
  });
  const missing = Object.keys(sections).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`The page has no place for ${missing.join(", ")}.`);
  return formatPage(text);
}

/** As the project formats its pages. */
export async function formatPage(text: string): Promise<string> {
  const config = await resolveConfig(fileURLToPath(import.meta.url));
  return format(text, { ...config, parser: "markdown" });
}
