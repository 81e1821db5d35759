import type { Benchmark } from "./benchmark.js";
import { encoder } from "./rows/encoder.js";
import { fresh } from "./rows/fresh.js";
import { growth } from "./rows/growth.js";
import { ingest } from "./rows/ingest.js";
import { isolation } from "./rows/isolation.js";
import { memory } from "./rows/memory.js";
import { page } from "./rows/page.js";
import { scorer } from "./rows/scorer.js";
import { start } from "./rows/start.js";
import { stored } from "./rows/stored.js";
import { tfjsNode } from "./rows/tfjs-node.js";

/** In the order of the table. */
export const benchmarks: readonly Benchmark[] = [
  ingest,
  memory,
  encoder,
  scorer,
  tfjsNode,
  fresh,
  stored,
  page,
  isolation,
  growth,
  start,
];
