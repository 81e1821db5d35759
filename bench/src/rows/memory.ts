import { join } from "node:path";
import type { Benchmark } from "../benchmark.js";
import { loopFilm } from "../service/films.js";
import { ingest as ingestFilm } from "../service/ingest.js";
import { watchMemory } from "../service/process-memory.js";
import { ServiceOnDatabase } from "../service/service-on-database.js";

const MEBIBYTE = 1024 * 1024;

export const memory: Benchmark = {
  name: "memory",
  about: "peak memory of the ingest of 30 s and of 60 minutes",
  async run({ isQuick, folder, releasers, tell }) {
    const host = await ServiceOnDatabase.open(join(folder, "memory"), releasers);
    const peakOf = async (seconds: number): Promise<number> => {
      const film = await loopFilm(host.films, seconds);
      // A process of its own for each: a peak stays with a process.
      await host.start();
      const caller = host.call();
      const peak = watchMemory(host.service.pid);
      await ingestFilm(caller, `${seconds} s`, film);
      const bytes = await peak();
      await caller.close();
      await host.stop();
      tell(`${seconds} s of video: ${(bytes / MEBIBYTE).toFixed(0)} MB`);
      return bytes / MEBIBYTE;
    };
    const [short, long] = isQuick ? ([1, 2] as const) : ([30, 3600] as const);
    const [shortPeak, longPeak] = [await peakOf(short), await peakOf(long)];
    const note =
      "resident memory of the service with all of its child processes, looked at 20 times a second; once each";
    return [
      {
        ...{ name: "memory-growth", what: `peak memory of ingest, ${long} s of 1080p`, unit: "MB" },
        figure: longPeak,
        floor: { what: `itself, ${short} s`, value: shortPeak },
        ...{ goal: { kind: "ratio at most", limit: 1.2 }, note },
      },
      {
        ...{ name: "memory-peak", what: "peak memory of ingest in all", unit: "MB" },
        figure: Math.max(shortPeak, longPeak),
        ...{ floor: null, goal: { kind: "figure at most", limit: 700 }, note },
      },
    ];
  },
};
