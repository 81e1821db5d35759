import type { Benchmark } from "../benchmark.js";
import { askForCover } from "../service/covers.js";
import { loadUntilStopped, sendAtRate } from "../service/load.js";
import { interleave, median, percentile } from "../statistics.js";

const PER_SECOND = 100;
const FRESH_AT_ONCE = 8;
const DISTINCT = 500;

export const isolation: Benchmark = {
  name: "isolation",
  about: "stored decisions while fresh ones are computed at full load, against idle",
  async run({ isQuick, runs, stage: openStage, tell }) {
    const stage = await openStage();
    const [reader, loader] = [stage.host.call(PER_SECOND), stage.host.call(FRESH_AT_ONCE)];
    const { viewers, videosEach } = stage.catalogue.size.decided;
    const distinct = Math.min(DISTINCT, viewers * videosEach);
    const seconds = isQuick ? 0.2 : 6;
    let asked = 0;
    let computed = 0;
    const readers = async () => {
      const latencies = await sendAtRate(PER_SECOND, seconds, () => {
        const { viewer, video } = stage.stored(asked++ % distinct);
        return askForCover(reader, viewer, video);
      });
      return percentile(latencies, 99);
    };
    const readersUnderLoad = async () => {
      const stop = loadUntilStopped(FRESH_AT_ONCE, async () => {
        const { viewer, video } = stage.nextFresh();
        await askForCover(loader, viewer, video);
        computed += 1;
      });
      try {
        return await readers();
      } finally {
        await stop();
      }
    };
    await readers();
    computed = 0;
    const values = await interleave(runs, { idle: readers, loaded: readersUnderLoad }, (run) =>
      tell(`run ${run} of ${runs}`),
    );
    await Promise.all([reader.close(), loader.close()]);
    const rate = (computed / (runs * seconds)).toFixed(0);
    return [
      {
        ...{ name: "isolation", what: "stored decisions' 99th percentile while fresh ones are computed", unit: "ms" },
        figure: median(values.loaded),
        floor: { what: "the same, idle", value: median(values.idle) },
        goal: { kind: "ratio at most", limit: 2 },
        note: `${PER_SECOND} stored a second; fresh ones ${FRESH_AT_ONCE} at once, which came to ${rate} a second; ${runs} runs of ${seconds} s`,
      },
    ];
  },
};
