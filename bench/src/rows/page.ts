import type { Benchmark } from "../benchmark.js";
import { askForCover, askForPage } from "../service/covers.js";
import { interleave, median, timed } from "../statistics.js";

const VIDEOS = 40;

export const page: Benchmark = {
  name: "page",
  about: "a page of 40 fresh covers against one",
  async run({ isQuick, runs, stage: openStage, tell }) {
    const stage = await openStage();
    const service = stage.host.call();
    let asked = 0;
    const repeats = isQuick ? 1 : 10;
    const medianOf = (ask: () => Promise<void>) => async () => {
      const values: number[] = [];
      while (values.length < repeats) values.push(await timed(ask));
      return median(values);
    };
    const askOne = medianOf(() => {
      // Of the page's videos, whose frames are in memory: else one would be slower, and the page look better beside it.
      const { viewer, videos } = stage.nextFreshPage(VIDEOS);
      return askForCover(service, viewer, videos[asked++ % VIDEOS] ?? "");
    });
    const askPage = () => {
      const { viewer, videos } = stage.nextFreshPage(VIDEOS);
      return askForPage(service, viewer, videos);
    };
    // What opens connections and looks up the key.
    const { viewer, video } = stage.nextFresh();
    await askForCover(service, viewer, video);
    const firstPageMs = await timed(askPage);
    await askOne();
    await medianOf(askPage)();
    const values = await interleave(runs, { page: medianOf(askPage), one: askOne }, (run) =>
      tell(`run ${run} of ${runs}`),
    );
    await service.close();
    return [
      {
        ...{ name: "page", what: `page of ${VIDEOS} videos, fresh`, unit: "ms", figure: median(values.page) },
        floor: { what: "one fresh decision", value: median(values.one) },
        goal: { kind: "ratio at most", limit: 6 },
        note: `${stage.catalogue.size.framesPerVideo} frames a video; ${runs} runs of ${repeats}; the same videos for every viewer, so that their frames are in memory; the first page after the start took ${firstPageMs.toFixed(1)} ms`,
      },
    ];
  },
};
