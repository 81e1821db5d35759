import type { Benchmark } from "../benchmark.js";
import { askForCover } from "../service/covers.js";
import { GraphqlCaller } from "../service/graphql-caller.js";
import { saturate } from "../service/load.js";
import { interleave, median } from "../statistics.js";
import { SubjectProcess } from "../subjects/subject-process.js";

const AT_ONCE = 16;
const DISTINCT = 500;

export const stored: Benchmark = {
  name: "stored",
  about: "a stored decision over HTTP against a bare Apollo server",
  async run({ isQuick, runs, stage: openStage, releasers, tell }) {
    const stage = await openStage();
    const apollo = await SubjectProcess.start(releasers, "bare-apollo");
    const [service, bare] = [stage.host.call(AT_ONCE), new GraphqlCaller(apollo.about, { connections: AT_ONCE })];
    const { viewers, videosEach } = stage.catalogue.size.decided;
    const distinct = Math.min(DISTINCT, viewers * videosEach);
    let asked = 0;
    const askService = () => {
      const { viewer, video } = stage.stored(asked++ % distinct);
      return askForCover(service, viewer, video);
    };
    const askBare = () => bare.ask("{ __typename }");
    const seconds = isQuick ? 0.2 : 4;
    await saturate(AT_ONCE, seconds, askService);
    await saturate(AT_ONCE, seconds, askBare);
    const values = await interleave(
      runs,
      { service: () => saturate(AT_ONCE, seconds, askService), bare: () => saturate(AT_ONCE, seconds, askBare) },
      (run) => tell(`run ${run} of ${runs}`),
    );
    await Promise.all([service.close(), bare.close(), apollo.stop()]);
    return [
      {
        ...{ name: "stored", what: "stored decision over HTTP", unit: "requests/s", figure: median(values.service) },
        floor: { what: "bare Apollo + Fastify, { __typename }", value: median(values.bare) },
        goal: { kind: "ratio at least", limit: 0.5 },
        note: `${AT_ONCE} requests at once, ${distinct} decisions in turn, ${runs} runs of ${seconds} s; the sender has a core too`,
      },
    ];
  },
};
