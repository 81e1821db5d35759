import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGES = (await readdir(join(root, "packages"))).sort();

interface Packed {
  readonly name: string;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** What npm would put into each package. */
async function pack(): Promise<readonly Packed[]> {
  const workspaces = PACKAGES.flatMap((name) => ["-w", `packages/${name}`]);
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", ...workspaces];
  const { stdout } = await run("npm", args, { cwd: root, shell: process.platform === "win32" });
  return JSON.parse(stdout) as Packed[];
}

test("a package holds what it exports, its examples and its licence, and nothing of its making", async () => {
  const packed = await pack();
  expect(packed.map(({ name }) => name)).toEqual(PACKAGES.map((name) => `@facet/${name}`));
  for (const [index, name] of PACKAGES.entries()) {
    const paths = packed[index]?.files.map(({ path }) => path) ?? [];
    const { exports } = JSON.parse(await readFile(join(root, "packages", name, "package.json"), "utf8")) as Manifest;
    const exported = Object.values(exports).flatMap((at) => (typeof at === "string" ? at : Object.values(at)));
    const files = exported.filter((path) => !path.includes("*")).map((path) => path.replace("./", ""));
    const examples = await readdir(join(root, "packages", name, "examples")).catch(() => []);
    expect(paths, name).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", ...files, ...examples.map((file) => `examples/${file}`)]),
    );
    expect(
      paths.filter((path) => /\.tsbuildinfo$|\.(test|fixture)\.|^src\//.test(path)),
      name,
    ).toEqual([]);
  }
});
