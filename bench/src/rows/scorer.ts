import type { Benchmark } from "../benchmark.js";
import { LIKES } from "../catalogue/catalogue.js";
import type { MeasuredRow } from "../measured-row.js";
import { interleave, median } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

const FRAMES = 32;

export const scorer: Benchmark = {
  name: "scorer",
  about: "description and scores, for one viewer and for 64, against stock recurrent layers",
  async run({ isQuick, runs, releasers, tell }) {
    const [service, stock] = await Promise.all([
      SubjectProcess.start(releasers, "models"),
      SubjectProcess.start(releasers, "stock-gru"),
    ]);
    const rows: MeasuredRow[] = [];
    for (const viewers of [1, 64]) {
      const repeats = isQuick ? 1 : viewers === 1 ? 20 : 3;
      const medianOf = (subject: SubjectProcess) => async () => {
        const values: number[] = [];
        while (values.length < repeats) {
          values.push(await subject.measure({ kind: "score", viewers, frames: FRAMES, likes: LIKES }));
        }
        return median(values);
      };
      const measurements = { service: medianOf(service), stock: medianOf(stock) };
      await measurements.service();
      await measurements.stock();
      const values = await interleave(runs, measurements, (run) => tell(`${viewers} viewers, run ${run} of ${runs}`));
      const name = viewers === 1 ? "scorer-1" : "scorer-64";
      const who = viewers === 1 ? "one viewer" : `${viewers} viewers`;
      const figure = (1000 * viewers) / median(values.service);
      rows.push({
        ...{ name, what: `scorer, ${who} x ${FRAMES} frames x ${LIKES} likes`, unit: "viewers/s", figure },
        floor: { what: "stock tfjs-layers GRUs on wasm, one batch", value: (1000 * viewers) / median(values.stock) },
        goal: { kind: "ratio at least", limit: 15 },
        note: `history described and frames scored; ${runs} runs of ${repeats}; the stock layers do only the recurrent part of the method`,
      });
    }
    await Promise.all([service.stop(), stock.stop()]);
    return rows;
  },
};
