import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makeTempFolder } from "./temp-folder.fixture.js";

const example = fileURLToPath(new URL("../examples/compare-pictures.mjs", import.meta.url));
const readme = fileURLToPath(new URL("../README.md", import.meta.url));

test("the README shows the example as it is", async () => {
  expect(await readFile(readme, "utf8")).toContain((await readFile(example, "utf8")).trimEnd());
});

test("the example runs with the built package alone, and finds a picture most like itself", async () => {
  const folder = await makeTempFolder();
  const files = await Promise.all(
    ["red", "blue"].map(async (colour, i) => {
      const shape = i === 0 ? '<circle cx="60" cy="60" r="40"/>' : '<path d="M0 0L120 40L0 80z"/>';
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120" fill="${colour}">${shape}</svg>`;
      const file = join(folder, `${colour}.png`);
      await sharp(Buffer.from(svg)).png().toFile(file);
      return file;
    }),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [example, ...files]);
  expect(stdout).toContain("672 numbers a picture");
  expect(stdout).toMatch(/picture 0: likeness 1\.000 0\.\d+, unsafe 0\.\d+/);
  expect(stdout).toMatch(/picture 1: likeness 0\.\d+ 1\.000, unsafe 0\.\d+/);
});
