import { askForCover, askForPage } from "../service/covers.js";
import type { GraphqlCaller } from "../service/graphql-caller.js";
import type { Pair, Stage } from "../service/stage.js";
import type { RecordedStatement } from "../statements/recorded-statement.js";
import { StatementRecorder } from "../statements/statement-recorder.js";

/** A fresh decision, with everything that was asked of Postgres for it. */
export interface RecordedDecision {
  readonly pair: Pair;
  readonly statements: readonly RecordedStatement[];
}

/** Has the service make so many fresh decisions while its statements are noted. It is started anew before and after. */
export function recordFreshDecisions(stage: Stage, count: number): Promise<RecordedDecision[]> {
  return whileRecording(stage, async (caller, recorder) => {
    const decide = async (): Promise<RecordedDecision> => {
      const pair = stage.nextFresh();
      recorder.take();
      await askForCover(caller, pair.viewer, pair.video);
      return { pair, statements: recorder.take() };
    };
    const decisions: RecordedDecision[] = [];
    // The first ones open connections and look up the key.
    for (let warmUp = 0; warmUp < 3; warmUp++) await decide();
    while (decisions.length < count) decisions.push(await decide());
    return decisions;
  });
}

/** As `recordFreshDecisions`, a page of so many covers: everything that was asked for it, by a process that is new. */
export function recordFreshPage(stage: Stage, videos: number): Promise<readonly RecordedStatement[]> {
  return whileRecording(stage, async (caller, recorder) => {
    const page = stage.nextFreshPage(videos);
    recorder.take();
    await askForPage(caller, page.viewer, page.videos);
    return recorder.take();
  });
}

async function whileRecording<Result>(
  stage: Stage,
  work: (caller: GraphqlCaller, recorder: StatementRecorder) => Promise<Result>,
): Promise<Result> {
  const recorder = await StatementRecorder.open(stage.host.connectionString);
  await stage.host.stop();
  await stage.host.start(recorder.connectionString);
  const caller = stage.host.call();
  const result = await work(caller, recorder);
  await caller.close();
  await stage.host.stop();
  await recorder.close();
  await stage.host.start();
  return result;
}
