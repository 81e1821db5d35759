import type { Benchmark } from "../benchmark.js";
import { GraphqlCaller } from "../service/graphql-caller.js";
import { askForCover } from "../service/covers.js";
import { sendAtRate } from "../service/load.js";
import { interleave, median, percentile, timed } from "../statistics.js";
import { replayDecision } from "../statements/replay-decisions.js";
import { SubjectProcess } from "../subjects/subject-process.js";
import { LIKES } from "../catalogue/catalogue.js";
import { recordFreshDecisions } from "./record-fresh-decisions.js";

const PER_SECOND = 50;
/** Requests before it is measured, and the videos that they are of. */
const [WARM_UP, WARMED_ON] = [200, 40];

export const fresh: Benchmark = {
  name: "fresh",
  about: "a fresh decision over HTTP against forward pass, bare request and SQL",
  async run({ isQuick, runs, stage: openStage, releasers, tell }) {
    const stage = await openStage();
    const [models, apollo] = await Promise.all([
      SubjectProcess.start(releasers, "models"),
      SubjectProcess.start(releasers, "bare-apollo"),
    ]);
    const repeats = isQuick ? 2 : 20;
    const recorded = await recordFreshDecisions(stage, runs * repeats);
    const [service, bare] = [stage.host.call(PER_SECOND), new GraphqlCaller(apollo.about, { connections: 1 })];
    const { framesPerVideo: frames } = stage.catalogue.size;
    let replayed = 0;
    const { videos: warmedOn } = stage.nextFreshPage(isQuick ? 1 : WARMED_ON);
    const warmUp = async (ask: (turn: number) => Promise<unknown>) => {
      for (let turn = 0; turn < (isQuick ? 2 : WARM_UP); turn++) await ask(turn);
    };
    const ask = () => {
      const { viewer, video } = stage.nextFresh();
      return askForCover(service, viewer, video);
    };
    /** Of a video whose frames are not in memory. */
    const inMemory = new Set(warmedOn);
    const askAnew = (): Promise<number> => {
      if (inMemory.size >= stage.catalogue.size.videos) throw new RangeError("Every video has been asked for.");
      const { viewer, video } = stage.nextFresh();
      if (inMemory.has(video)) return askAnew();
      inMemory.add(video);
      return timed(() => askForCover(service, viewer, video));
    };
    const forward = () => models.measure({ kind: "score", viewers: 1, atOnce: 1, frames, likes: LIKES });
    const request = () => timed(() => bare.ask("{ __typename }"));
    const replay = async () => {
      const decision = recorded[replayed++];
      return decision === undefined
        ? Number.NaN
        : replayDecision(stage.host.client, decision.pair.viewer, decision.statements);
    };
    const medianOf = (measure: () => Promise<number>) => async () => {
      const values: number[] = [];
      while (values.length < repeats) values.push(await measure());
      return median(values);
    };
    // Each process for itself: compiled code is what is compared.
    await warmUp((turn) => askForCover(service, stage.nextFresh().viewer, warmedOn[turn % warmedOn.length] ?? ""));
    await warmUp(forward);
    await warmUp(request);
    const values = await interleave(
      runs,
      {
        whole: medianOf(askAnew),
        forward: medianOf(forward),
        request: medianOf(request),
        sql: medianOf(replay),
      },
      (run) => tell(`run ${run} of ${runs}`),
    );
    const seconds = isQuick ? 1 : 20;
    const latencies = await sendAtRate(PER_SECOND, seconds, ask);
    await Promise.all([service.close(), bare.close(), models.stop(), apollo.stop()]);

    const [forwardMs, requestMs, sqlMs] = [median(values.forward), median(values.request), median(values.sql)];
    const parts = `forward pass ${forwardMs.toFixed(2)} ms + bare request ${requestMs.toFixed(2)} ms + SQL ${sqlMs.toFixed(2)} ms`;
    const statements = recorded[0]?.statements.length ?? 0;
    const input = `a viewer with ${LIKES} likes who was never seen, a video of ${frames} frames`;
    return [
      {
        ...{
          name: "fresh",
          what: "fresh decision over HTTP, features stored",
          unit: "ms",
          figure: median(values.whole),
        },
        floor: { what: parts, value: forwardMs + requestMs + sqlMs },
        goal: { kind: "ratio at most", limit: 1.5 },
        note: `${input} that the process had not read yet; ${runs} runs of ${repeats} after ${WARM_UP} requests of other videos; the SQL is the ${statements} statements that the service sends, one after another`,
      },
      {
        ...{ name: "fresh-p99", what: `fresh decisions at ${PER_SECOND} a second, 99th percentile`, unit: "ms" },
        ...{ figure: percentile(latencies, 99), floor: null, goal: { kind: "figure at most", limit: 50 } },
        note: `${input}, one of ${stage.catalogue.size.videos} in turn; ${latencies.length} requests, counted from when each was due; median ${median(latencies).toFixed(1)} ms`,
      },
    ];
  },
};
