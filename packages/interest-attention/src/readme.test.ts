import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const example = fileURLToPath(new URL("../examples/choose-cover.mjs", import.meta.url));
const readme = fileURLToPath(new URL("../README.md", import.meta.url));

test("the README shows the example as it is", async () => {
  expect(await readFile(readme, "utf8")).toContain((await readFile(example, "utf8")).trimEnd());
});

test("the example runs with the built package alone, and chooses the frame that the likes resemble", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [example]);
  expect(stdout).toContain("672 numbers each");
  expect(stdout.match(/frame \d: interest weight -?\d+\.\d\d, probability \d\.\d{3}/g)).toHaveLength(4);
  expect(stdout).toContain("The cover is frame 1.");
});
