import { beforeAll, describe, expect, test } from "vitest";
import type { TrainingGroup } from "../../apps/trainer/src/groups/training-group.js";
import { seededRandom } from "../../apps/trainer/src/random.js";
import { makeUpTask, trainToEnd } from "../../apps/trainer/src/training/made-up-task.fixture.js";
import { useWasm } from "../claims/shipped-scorer.fixture.js";

const STEPS = 80;
/** Each video of the made-up task has six frames, one of them right; 200 videos are judged. */
const CHANCE = 1 / 6;
/** Three standard errors of a hit rate of 1/6 over 200 videos. */
const BY_LUCK = 3 * Math.sqrt((CHANCE * (1 - CHANCE)) / 200);

describe("what training must not find where there is nothing to find", () => {
  beforeAll(useWasm);

  test("on shuffled labels it trains to chance", { timeout: 240_000 }, async () => {
    const { task, judgeUnseen } = makeUpTask({ kind: "cover", lambda: 0 }, STEPS);
    let drawn = 0;
    const shuffle = (group: TrainingGroup) => ({
      ...group,
      right: seededRandom("shuffled labels", drawn++).shuffle(group.right),
    });
    const weights = await trainToEnd({ ...task, toBatch: (groups) => task.toBatch(groups.map(shuffle)) });
    expect(await judgeUnseen(weights)).toBeLessThan(CHANCE + BY_LUCK);
  });

  test("with another viewer's likes it does no better than chance", { timeout: 240_000 }, async () => {
    const { task, judgeUnseen, judgeSwapped } = makeUpTask({ kind: "cover", lambda: 0.1 }, STEPS);
    const weights = await trainToEnd(task);
    expect(await judgeUnseen(weights)).toBeGreaterThan(3 * CHANCE);
    expect(await judgeSwapped(weights)).toBeLessThan(CHANCE + BY_LUCK);
  });
});
