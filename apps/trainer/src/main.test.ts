import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** The built program, as `npm run train` and `npm run evaluate` start it. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL("../dist/main.js", import.meta.url)), ...args],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

test("help names every option of a command", () => {
  const { status, stdout } = run("evaluate", "--help");
  expect(status).toBe(0);
  for (const option of ["--photos", "--model", "--worlds", "--viewers", "--seed", "--json", "--cache", "--held-out"]) {
    expect(stdout).toContain(option);
  }
});

const FILE = fileURLToPath(import.meta.url);

test.each([
  [["evaluate"], "--photos <dir>' not specified"],
  [["train", "--photos", "x"], "--out <dir>' not specified"],
  [["evaluate", "--photos", "x", "--worlds", "W1,W9"], 'There is no world "W9"'],
  [["evaluate", "--photos", "x", "--viewers", "none"], '"none" is not a whole number from 1 to 100000'],
  [["train", "--photos", "x", "--out", "y", "--seeds", "1,2,"], '"" is not a whole number from 0 to 2147483647'],
  [["evaluate", "--photos", "no-such-folder"], "Error: no-such-folder is not a folder that can be read."],
  [["evaluate", "--photos", "x", "--backbone", "no-such-file"], "Error: no-such-file: it cannot be opened."],
  [["backbone", "--from", "nsfwjs/vgg", "--out", "x"], "Allowed choices are nsfwjs/mobilenet_v2"],
  [["evaluate", "--photos", "x", "--cache", FILE], "main.test.ts cannot be written: it is a file, and --cache takes"],
  [["evaluate", "--photos", "x", "--json", "."], ". cannot be written: it is a folder, and --json takes a file."],
  [["train", "--photos", "x", "--out", "y", "--cache", FILE], "it is a file, and --cache takes a folder."],
  [["backbone", "--from", "nsfwjs/mobilenet_v2", "--out", FILE], "it is a file, and --out takes a folder."],
  [
    ["backbone", "--from", "nsfwjs/mobilenet_v2", "--out", join(FILE, "x")],
    "x cannot be written: it cannot be made (--out).",
  ],
  [["fit-quality", "--photos", "x", "--cache", FILE, "--out", "y"], "it is a file, and --cache takes a folder."],
  [["fit-quality", "--photos", "x", "--out", "."], "it is a folder, and --out takes a file."],
  [["judge-quality", "--videos", "x", "--sheet", "."], "it is a folder, and --sheet takes a file."],
  [["judge-quality", "--videos", "x", "--sheet", "sheets/"], "it is a folder, and --sheet takes a file."],
  [["judge-quality", "--videos", "x", "--sheet", "y", "--json", "."], "it is a folder, and --json takes a file."],
  [["train", "--photos", "x", "--out", FILE], "it is a file, and --out takes a folder."],
  [["compare"], "unknown command"],
])("%j is told in a line, without a stack", (args, message) => {
  const { status, stdout, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});

// A folder in which even root makes nothing.
test.runIf(process.platform === "linux").each([
  [["train", "--photos", "x", "--out", "/proc"], "/proc cannot be written: nothing can be written there (--out)."],
  [["evaluate", "--photos", "x", "--json", "/proc/r.json"], "r.json cannot be written: nothing can be written there"],
])("%j is told before anything long begins", (args, message) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
