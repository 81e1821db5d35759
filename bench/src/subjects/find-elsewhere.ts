import { createRequire, register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Has a package that is installed in another folder be found by this process as if it were installed here. */
export function findElsewhere(name: string, folder: string): void {
  const url = pathToFileURL(createRequire(join(folder, "package.json")).resolve(name)).href;
  const found = JSON.stringify({ url, format: "commonjs", shortCircuit: true });
  const hooks = `export const resolve = (specifier, context, next) =>
    specifier === ${JSON.stringify(name)} ? ${found} : next(specifier, context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
