import { join } from "node:path";
import type { Benchmark } from "../benchmark.js";
import { ServiceProcess } from "../service/service-process.js";
import { median } from "../statistics.js";

export const start: Benchmark = {
  name: "start",
  about: "from the start of the process to ready, on a warm data folder",
  async run({ folder, runs, releasers, tell }) {
    const startOnce = async (): Promise<number> => {
      const service = await ServiceProcess.start({ DATABASE_URL: "", FACET_DATA_DIR: join(folder, "start") });
      const stop = () => service.stop();
      releasers.add(stop);
      await stop();
      return service.readyAfterMs / 1000;
    };
    const cold = await startOnce();
    const warm: number[] = [];
    while (warm.length < runs) {
      warm.push(await startOnce());
      tell(`run ${warm.length} of ${runs}`);
    }
    return [
      {
        ...{ name: "start", what: "start to ready, warm data folder", unit: "s", figure: median(warm) },
        ...{ floor: null, goal: { kind: "figure at most", limit: 3 } },
        note: `embedded database; ${runs} starts; the first one, which made the data folder, took ${cold.toFixed(1)} s`,
      },
    ];
  },
};
