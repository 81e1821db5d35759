/** The thread of one network: loads it, then answers one call after another. */
import { parentPort, workerData } from "node:worker_threads";
import { loadEncoder, loadScorer } from "../models.js";
import { collectGarbage } from "./collect-garbage.js";
import { lowerThreadPriority } from "./lower-thread-priority.js";
import { packArrays } from "./pack-arrays.js";
import type { EncoderFacts, ScorerFacts, ThreadCall, ThreadMessage, ThreadTask } from "./protocol.js";

/**
 * Where there are too few cores for everybody, a decision that is stored goes before one that must be computed, and who
 * waits for either before an ingest. Set once a network is loaded: a start should not take longer.
 */
const STEPS_BEHIND = { scorer: 5, encoder: 10 } as const;

type Method = (items: never) => Promise<readonly unknown[]>;

interface Loaded {
  readonly facts: EncoderFacts | ScorerFacts;
  readonly methods: Readonly<Record<string, Method>>;
}

const port = parentPort;
if (port === null) throw new Error("This file is the start of a thread.");
const send = (message: ThreadMessage): void => {
  const buffers: ArrayBuffer[] = [];
  port.postMessage(packArrays(message, buffers), buffers);
};

const { network, choice } = workerData as ThreadTask;
const { facts, methods } = await (network === "encoder" ? readEncoder(choice) : readScorer(choice));
const priority = lowerThreadPriority(STEPS_BEHIND[network]);
let work = Promise.resolve();
port.on("message", (call: ThreadCall) => {
  work = work.then(() => answer(call));
});
send({ kind: "ready", facts, priority });
collectGarbage();

async function answer({ id, method, items }: ThreadCall): Promise<void> {
  try {
    const run = methods[method];
    if (run === undefined) throw new Error(`This network has no method ${method}.`);
    send({ kind: "answer", id, results: await run(items as never) });
  } catch (error) {
    send({ kind: "failure", id, message: error instanceof Error ? error.message : String(error) });
  }
}

async function readEncoder(choice: ThreadTask["choice"]): Promise<Loaded> {
  const encoder = await loadEncoder(choice);
  const { version, engine, width, imageBytes } = encoder;
  return {
    facts: { version, engine, width, imageBytes },
    methods: {
      firstConvolutionUnit: (items: readonly Uint8Array[]) => encoder.firstConvolutionUnit(items),
      secondConvolutionUnit: (items: readonly Uint8Array[]) => encoder.secondConvolutionUnit(items),
    },
  };
}

async function readScorer(choice: ThreadTask["choice"]): Promise<Loaded> {
  const scorer = await loadScorer(choice);
  const { engine, modelVersion, encoderVersion } = scorer;
  return {
    facts: { engine, modelVersion, encoderVersion },
    methods: {
      describeHistories: (items: Parameters<typeof scorer.describeHistories>[0]) => scorer.describeHistories(items),
      scoreFrames: (items: Parameters<typeof scorer.scoreFrames>[0]) => scorer.scoreFrames(items),
    },
  };
}
