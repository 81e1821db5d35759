import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench, Benchmark } from "./benchmark.js";
import type { MeasuredRow } from "./measured-row.js";
import { Releasers } from "./releasers.js";
import { readLoad } from "./report/measurement.js";
import { Stage } from "./service/stage.js";

/** What the shared stage holds: enough viewers that a fresh one is always left. */
const CATALOGUE = { videos: 200, framesPerVideo: 32, viewers: 6000, decided: { viewers: 100, videosEach: 20 } };
const QUICK_CATALOGUE = { videos: 40, framesPerVideo: 4, viewers: 60, decided: { viewers: 4, videosEach: 4 } };

export interface RunOptions {
  readonly isQuick: boolean;
  readonly runs: number;
  readonly tfjsNodeFolder: string | undefined;
  readonly tell: (line: string) => void;
  /** Gets the rows of a benchmark as soon as they are there. */
  readonly onRows: (rows: readonly MeasuredRow[], loadBefore: number) => Promise<void>;
  /** Gets what must be closed where the run is broken off. */
  readonly releasers: Releasers;
}

/** Runs benchmarks one after another. One that fails is told of, and the others run all the same. @returns names of those that failed */
export async function runBenchmarks(chosen: readonly Benchmark[], options: RunOptions): Promise<string[]> {
  const { isQuick, runs, tfjsNodeFolder, tell, onRows, releasers } = options;
  const folder = await mkdtemp(join(tmpdir(), "facet-bench-"));
  releasers.add(() => rm(folder, { recursive: true, force: true }));
  // Postgres, which runs as another user where we are root, is to have its data in here too, so that it goes with the rest.
  await chmod(folder, 0o711);
  const shared = new SharedStage(() =>
    Stage.open(join(folder, "stage"), releasers, isQuick ? QUICK_CATALOGUE : CATALOGUE, isQuick),
  );
  const failed: string[] = [];
  for (const benchmark of chosen) {
    tell(`${benchmark.name}: ${benchmark.about}`);
    const own = new Releasers();
    releasers.add(() => own.release());
    const bench: Bench = {
      ...{ isQuick, runs, tfjsNodeFolder, folder, releasers: own, stage: () => shared.use() },
      tell: (line) => tell(`${benchmark.name}: ${line}`),
    };
    const loadBefore = readLoad();
    try {
      await onRows(await benchmark.run(bench), loadBefore);
    } catch (error) {
      tell(`${benchmark.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      failed.push(benchmark.name);
    } finally {
      await own.release();
      // The next one may have a service of its own, which this one would disturb.
      await shared.rest();
    }
  }
  await releasers.release();
  return failed;
}

/** The stage, made when it is first asked for; its service runs only while it is used. */
class SharedStage {
  #stage: Promise<Stage> | undefined;
  #isResting = false;

  constructor(private readonly open: () => Promise<Stage>) {}

  async use(): Promise<Stage> {
    this.#stage ??= this.open();
    const stage = await this.#stage;
    if (this.#isResting) await stage.host.start();
    this.#isResting = false;
    return stage;
  }

  async rest(): Promise<void> {
    if (this.#stage === undefined || this.#isResting) return;
    this.#isResting = true;
    // Where it could not be made, whoever asked for it was told.
    await this.#stage.then((stage) => stage.host.stop()).catch(() => undefined);
  }
}
