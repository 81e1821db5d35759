import { askForCover } from "../service/covers.js";
import type { Pair, Stage } from "../service/stage.js";
import type { RecordedStatement } from "../statements/recorded-statement.js";
import { StatementRecorder } from "../statements/statement-recorder.js";

/** A fresh decision, with everything that was asked of Postgres for it. */
export interface RecordedDecision {
  readonly pair: Pair;
  readonly statements: readonly RecordedStatement[];
}

/** Has the service make so many fresh decisions while its statements are noted. It is started anew before and after. */
export async function recordFreshDecisions(stage: Stage, count: number): Promise<RecordedDecision[]> {
  const recorder = await StatementRecorder.open(stage.host.connectionString);
  await stage.host.stop();
  await stage.host.start(recorder.connectionString);
  const caller = stage.host.call();
  const decisions: RecordedDecision[] = [];
  const decide = async (): Promise<RecordedDecision> => {
    const pair = stage.nextFresh();
    recorder.take();
    await askForCover(caller, pair.viewer, pair.video);
    return { pair, statements: recorder.take() };
  };
  // The first ones open connections and look up the key.
  for (let warmUp = 0; warmUp < 3; warmUp++) await decide();
  while (decisions.length < count) decisions.push(await decide());
  await caller.close();
  await stage.host.stop();
  await recorder.close();
  await stage.host.start();
  return decisions;
}
