import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  /** @param done how many so far */
  update(done: number): void;
  stop(): void;
}

/** What is done sooner needs no words. */
const PATIENCE_MS = 2000;

/** A bar with rate and time left on a terminal; a line for each tenth elsewhere. Standard output stays free for results. */
export function showProgress(what: string, total: number): Progress {
  return process.stderr.isTTY ? showBar(what, total) : showLines(what, total);
}

function showBar(what: string, total: number): Progress {
  const started = Date.now();
  const format = `${what} {bar} {value}/{total}  {rate}/s  {eta_formatted} left`;
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, etaBuffer: 200 },
    Presets.shades_classic,
  );
  bar.start(total, 0, { rate: "-" });
  return {
    update: (done) => bar.update(done, { rate: rateOf(done, started) }),
    stop: () => bar.stop(),
  };
}

function showLines(what: string, total: number): Progress {
  const started = Date.now();
  let shown = 0;
  return {
    update: (done) => {
      const tenth = Math.floor((10 * done) / total);
      if (tenth <= shown || Date.now() - started < PATIENCE_MS) return;
      shown = tenth;
      process.stderr.write(`${what}: ${done} of ${total} (${rateOf(done, started)}/s)\n`);
    },
    stop: () => undefined,
  };
}

function rateOf(done: number, started: number): string {
  return (done / Math.max(0.001, (Date.now() - started) / 1000)).toFixed(1);
}
