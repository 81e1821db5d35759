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
    const repeats = isQuick ? 1 : 10;
    const medianOf = (ask: () => Promise<void>) => async () => {
      const values: number[] = [];
      while (values.length < repeats) values.push(await timed(ask));
      return median(values);
    };
    const askOne = medianOf(() => {
      const { viewer, video } = stage.nextFresh();
      return askForCover(service, viewer, video);
    });
    const askPage = medianOf(() => {
      const { viewer, videos } = stage.nextFreshPage(VIDEOS);
      return askForPage(service, viewer, videos);
    });
    await askOne();
    await askPage();
    const values = await interleave(runs, { page: askPage, one: askOne }, (run) => tell(`run ${run} of ${runs}`));
    await service.close();
    return [
      {
        ...{ name: "page", what: `page of ${VIDEOS} videos, fresh`, unit: "ms", figure: median(values.page) },
        floor: { what: "one fresh decision", value: median(values.one) },
        goal: { kind: "ratio at most", limit: 6 },
        note: `${stage.catalogue.size.framesPerVideo} frames a video; ${runs} runs of ${repeats}`,
      },
    ];
  },
};
