import type { MeasuredRow } from "./measured-row.js";
import type { Releasers } from "./releasers.js";
import type { Stage } from "./service/stage.js";

/** What a benchmark is given. */
export interface Bench {
  /** A smoke test: everything is run once, on next to nothing, and the figures mean nothing. */
  readonly isQuick: boolean;
  /** How often a measurement is repeated. */
  readonly runs: number;
  /** For what is made along the way; taken away at the end. */
  readonly folder: string;
  /** A service on a database with a catalogue, shared by those that leave it as they found it. */
  readonly stage: () => Promise<Stage>;
  /** The folder that `@tensorflow/tfjs-node` is installed in; undefined where it is not here. */
  readonly tfjsNodeFolder: string | undefined;
  /** Gets what must be closed at the end. */
  readonly releasers: Releasers;
  readonly tell: (line: string) => void;
}

/** Measures one thing, in one row or in a few that belong together. */
export interface Benchmark {
  /** What `npm run bench -- NAME` takes. */
  readonly name: string;
  readonly about: string;
  readonly run: (bench: Bench) => Promise<MeasuredRow[]>;
}
