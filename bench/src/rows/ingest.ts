import { join } from "node:path";
import type { Benchmark } from "../benchmark.js";
import type { MeasuredRow } from "../measured-row.js";
import { decodeToNull, loopFilm } from "../service/films.js";
import { ingest as ingestFilm } from "../service/ingest.js";
import { ServiceOnDatabase } from "../service/service-on-database.js";
import { interleave, median, timed } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

export const ingest: Benchmark = {
  name: "ingest",
  about: "a 1080p film of 30 s and one of 5 minutes, against the greater of decoder alone and encoder alone",
  async run({ isQuick, runs, folder, releasers, tell }) {
    const host = await ServiceOnDatabase.open(join(folder, "ingest"), releasers);
    await host.start();
    const models = await SubjectProcess.start(releasers, "models");
    const caller = host.call();
    const rows: MeasuredRow[] = [];
    for (const seconds of isQuick ? [2] : [30, 300]) {
      const film = await loopFilm(host.films, seconds);
      // Once before, which also tells how many frames there are to encode.
      const { length: images } = await ingestFilm(caller, `${seconds} s, first`, film);
      const values = await interleave(
        runs,
        {
          ingest: async () =>
            (await timed(() => ingestFilm(caller, `${seconds} s, ${performance.now()}`, film))) / 1000,
          decode: async () => (await timed(() => decodeToNull(join(host.films, film)))) / 1000,
          encode: async () => (await models.measure({ kind: "encode", images, atOnce: 8 })) / 1000,
        },
        (run) => tell(`${seconds} s film, run ${run} of ${runs}`),
      );
      const [decode, encode] = [median(values.decode), median(values.encode)];
      rows.push({
        ...{ name: `ingest-${seconds}s`, what: `ingest of a 1080p film of ${seconds} s`, unit: "s" },
        figure: median(values.ingest),
        floor: {
          what: `greater of ffmpeg decode to null (${decode.toFixed(2)} s) and encoder alone (${encode.toFixed(2)} s)`,
          value: Math.max(decode, encode),
        },
        goal: { kind: "ratio at most", limit: 1.2 },
        note: `from registerVideo to READY over HTTP, the wait for a worker included; ${images} frames encoded; ${runs} runs`,
      });
    }
    await Promise.all([caller.close(), host.stop(), models.stop()]);
    return rows;
  },
};
