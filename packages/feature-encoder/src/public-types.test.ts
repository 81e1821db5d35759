import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** Every package that the types of a built module take from elsewhere, with all modules that it takes them from. */
async function packagesOf(module: URL, seen = new Set<string>()): Promise<string[]> {
  if (seen.has(module.href)) return [];
  seen.add(module.href);
  const types = await readFile(new URL(module.href.replace(/\.js$/, ".d.ts")), "utf8");
  const sources = [...types.matchAll(/(?:from|import\() ?"([^"]+)"/g)].flatMap(([, source]) => source ?? []);
  const found = sources.map((source) =>
    source.startsWith(".") ? packagesOf(new URL(source, module), seen) : Promise.resolve([source]),
  );
  return (await Promise.all(found)).flat();
}

test("who compiles against the built package needs no types but Facet's own: TensorFlow.js' are not strict", async () => {
  const packages = new Set(await packagesOf(new URL("../dist/index.js", import.meta.url)));
  expect([...packages].sort()).toEqual(["@facet/domain", "@facet/onnx-graph"]);
});
