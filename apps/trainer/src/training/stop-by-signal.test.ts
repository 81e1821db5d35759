import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawLikes, makeClip, writeGroups } from "../groups/clips.fixture.js";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

let root: string;
let args: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "facet-stop-"));
  const likes = await drawLikes(root, 1, 2);
  const clips = [await makeClip(root, "a", [0, 1, 2]), await makeClip(root, "b", [1, 3, 4])];
  const groups = await writeGroups(
    root,
    clips.map((video) => ({ video, category: "shapes", coverMs: 1000, likes })),
  );
  const folders = ["--out", join(root, "out"), "--cache", join(root, "cache")];
  args = ["train", "--groups", groups, ...folders, "--steps", "5000"];
});
afterAll(() => rm(root, { recursive: true }));

/** Runs the built program until it says that it trains, and stops it then. */
function trainUntilStopped(signal: NodeJS.Signals): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    let isSent = false;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (isSent || !/Training 5,000 steps|Resuming at step/.test(said)) return;
      isSent = true;
      child.kill(signal);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

test("a signal ends training after a step, and the same command goes on from there", { timeout: 240_000 }, async () => {
  const first = await trainUntilStopped("SIGTERM");
  expect(first.code).toBe(143);
  const step = Number(
    /Stopped by SIGTERM after step (\d+) of 5000\. The same command started again/.exec(first.said)?.[1],
  );
  expect(step).toBeGreaterThan(0);
  expect(await readdir(join(root, "out"))).toEqual(["first-training"]);
  expect(await readdir(join(root, "out", "first-training"))).toEqual(["training.checkpoint"]);

  const second = await trainUntilStopped("SIGINT");
  expect(second.said).toContain(
    `Resuming at step ${step} of 5,000 on all but what is set aside for validation (seed 1)`,
  );
  expect(second.code).toBe(130);
  const later = Number(/Stopped by SIGINT after step (\d+) of 5000/.exec(second.said)?.[1]);
  expect(later).toBeGreaterThan(step);
});
