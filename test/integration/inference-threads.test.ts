import { readdir } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../apps/api/src/config/index.js";
import { loadModelsInThreads } from "../../apps/api/src/inference/index.js";
import { NetworkThread } from "../../apps/api/src/inference/network-thread.js";
import type { ScorerFacts } from "../../apps/api/src/inference/protocol.js";
import type { Models } from "../../apps/api/src/check-models.js";
import { loadModels } from "../../apps/api/src/models.js";

/** A thread cannot start with TypeScript: it is the built one. */
const ENTRY = pathToFileURL(join(import.meta.dirname, "../../apps/api/dist/inference/inference-thread.js"));
const log = pino({ level: "silent" });
const choice = readConfig({});

let here: Models;
let there: Models;

beforeAll(async () => {
  here = await loadModels(log, choice);
  there = await loadModelsInThreads(log, choice, ENTRY);
});
afterAll(() => {
  for (const { scorer, encoder } of [here, there]) {
    scorer.dispose();
    encoder.dispose();
  }
});

const picture = (seed: number) =>
  Uint8Array.from({ length: here.encoder.imageBytes }, (_, place) => (place * (seed + 7)) % 256);

test("networks in threads give what they give here, to the last digit, and the pictures stay whole", async () => {
  const pictures = [1, 2, 3].map(picture);
  const encoded = await there.encoder.secondConvolutionUnit(pictures);
  expect(pictures.map(({ length }) => length)).toEqual(pictures.map(() => here.encoder.imageBytes));
  expect(encoded).toEqual(await here.encoder.secondConvolutionUnit(pictures));
  const features = encoded.map(({ feature }) => feature);

  const [description] = await there.scorer.describeHistories([features]);
  expect([description]).toEqual(await here.scorer.describeHistories([features]));
  if (description === undefined) throw new Error("There is no description.");
  const [scores] = await here.scorer.scoreFrames([{ frames: features, description }]);
  const asked = Array.from({ length: 5 }, () => there.scorer.scoreFrames([{ frames: features, description }]));
  for (const [scored] of await Promise.all(asked)) {
    for (const [place, probability] of (scores?.probabilities ?? []).entries()) {
      expect(scored?.probabilities[place]).toBeCloseTo(probability, 5);
    }
  }
});

test.runIf(process.platform === "linux")("threads of networks let those that answer callers go first", async () => {
  const own = os.getPriority();
  const threads = await readdir("/proc/self/task");
  const priorities = threads.map((thread) => os.getPriority(Number(thread)));
  expect(priorities.filter((priority) => priority > own).toSorted((a, b) => a - b)).toEqual(
    [own + 5, own + 10].map((priority) => Math.min(19, priority)),
  );
});

test("what a network refuses is an error with a code, and the thread lives on", async () => {
  const work = there.scorer.describeHistories([[]]);
  await expect(work).rejects.toMatchObject({ code: "INFERENCE_FAILED" });
  await expect(there.encoder.firstConvolutionUnit([picture(1)])).resolves.toHaveLength(1);
});

test("a network that cannot be loaded again can be told to end, and whoever waits for it is told", async () => {
  const task = { network: "scorer", choice: { backbone: undefined, model: undefined, engine: undefined } } as const;
  const entry = new URL(ENTRY);
  const thread = await NetworkThread.start<ScorerFacts>({ task, entry, log });
  entry.pathname = "/nothing-is-here.js";
  await thread.end();
  const waiting = thread.call("describeHistories", []);
  const told = expect(waiting).rejects.toMatchObject({ code: "INFERENCE_THREAD_GONE" });
  await thread.stop();
  await told;
});

test("where the thread ends, what is in work fails, and another takes its place", async () => {
  const task = { network: "scorer", choice: { backbone: undefined, model: undefined, engine: undefined } } as const;
  const thread = await NetworkThread.start<ScorerFacts>({ task, entry: ENTRY, log });
  const feature = new Float32Array(here.encoder.width).fill(0.01);
  const history = Array.from({ length: 50 }, () => feature);
  const inWork = thread.call(
    "describeHistories",
    Array.from({ length: 500 }, () => history),
  );
  const [failed] = await Promise.all([inWork.catch((error: unknown) => error), thread.end()]);
  expect(failed).toMatchObject({ code: "INFERENCE_THREAD_GONE" });
  expect(await thread.call("describeHistories", [[feature]])).toHaveLength(1);
  await thread.stop();
  await expect(thread.call("describeHistories", [[feature]])).rejects.toMatchObject({ code: "INFERENCE_THREAD_GONE" });
});
