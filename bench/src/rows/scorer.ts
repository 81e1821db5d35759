import type { Bench, Benchmark } from "../benchmark.js";
import { LIKES } from "../catalogue/catalogue.js";
import type { MeasuredRow } from "../measured-row.js";
import { interleave, median } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

const FRAMES = 32;
const STOCK = "stock tfjs-layers GRUs on wasm";
const GOAL = { kind: "ratio at least", limit: 15 } as const;
const ONLY_PART = "the stock layers do only the recurrent part of the method";

/** Passes of one viewer before they are measured. */
const WARM_UP = 200;

export const scorer: Benchmark = {
  name: "scorer",
  about: "description and scores, for one viewer and for 64, against stock recurrent layers",
  async run(bench) {
    const [service, stock] = await Promise.all([
      SubjectProcess.start(bench.releasers, "models"),
      SubjectProcess.start(bench.releasers, "stock-gru"),
    ]);
    const rows = [await measureOne(bench, service, stock), await measureMany(bench, service, stock)];
    await Promise.all([service.stop(), stock.stop()]);
    return rows;
  },
};

async function measureOne(bench: Bench, service: SubjectProcess, stock: SubjectProcess): Promise<MeasuredRow> {
  const repeats = bench.isQuick ? 1 : 20;
  const of = (subject: SubjectProcess) => scoring(subject, { viewers: 1, atOnce: 1, repeats });
  // Compiled code is what is compared.
  for (let turn = 0; turn < (bench.isQuick ? 1 : WARM_UP / repeats); turn++) {
    await of(service)();
    await of(stock)();
  }
  const values = await measure(bench, "1 viewer", { service: of(service), stock: of(stock) });
  return {
    ...{ name: "scorer-1", what: `scorer, one viewer x ${FRAMES} frames x ${LIKES} likes`, unit: "viewers/s" },
    figure: 1000 / median(values.service),
    floor: { what: STOCK, value: 1000 / median(values.stock) },
    goal: GOAL,
    note: `history described and frames scored; ${bench.runs} runs of ${repeats} after ${WARM_UP}; ${ONLY_PART}`,
  };
}

/** The floor takes one viewer after another, as one would first write it. What it takes in one batch is told beside it. */
async function measureMany(bench: Bench, service: SubjectProcess, stock: SubjectProcess): Promise<MeasuredRow> {
  const viewers = 64;
  const repeats = bench.isQuick ? 1 : 3;
  const values = await measure(bench, `${viewers} viewers`, {
    service: scoring(service, { viewers, atOnce: viewers, repeats }),
    stock: scoring(stock, { viewers, atOnce: 1, repeats: 1 }),
    batched: scoring(stock, { viewers, atOnce: viewers, repeats }),
  });
  const figure = (1000 * viewers) / median(values.service);
  const batched = median(values.batched) / median(values.service);
  return {
    ...{ name: "scorer-64", what: `scorer, ${viewers} viewers x ${FRAMES} frames x ${LIKES} likes`, unit: "viewers/s" },
    figure,
    floor: { what: `${STOCK}, one viewer at a time`, value: (1000 * viewers) / median(values.stock) },
    goal: GOAL,
    note: `in one pass; ${bench.runs} runs of ${repeats}; ${ONLY_PART}. In one batch of ${viewers} they are slower than the scorer by ${batched.toFixed(1)}`,
  };
}

interface Batches {
  readonly viewers: number;
  readonly atOnce: number;
  readonly repeats: number;
}

/** Milliseconds, the median of some repetitions. */
function scoring(subject: SubjectProcess, { viewers, atOnce, repeats }: Batches): () => Promise<number> {
  return async () => {
    const values: number[] = [];
    while (values.length < repeats) {
      values.push(await subject.measure({ kind: "score", viewers, atOnce, frames: FRAMES, likes: LIKES }));
    }
    return median(values);
  };
}

/** Each once to warm up, then in turns. */
async function measure<Name extends string>(
  { runs, tell }: Bench,
  what: string,
  measurements: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  for (const once of Object.values<() => Promise<number>>(measurements)) await once();
  return interleave(runs, measurements, (run) => tell(`${what}, run ${run} of ${runs}`));
}
