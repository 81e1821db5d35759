import { beforeAll, describe, expect, test } from "vitest";
import type { PhotoRef } from "../../apps/trainer/src/episodes/episode.js";
import { nameInterests } from "../../apps/trainer/src/photos/interests.fixture.js";
import { composeForTraining } from "../../apps/trainer/src/training/compose-for-training.js";
import { makeUpTask, trainToEnd } from "../../apps/trainer/src/training/made-up-task.fixture.js";
import { useWasm } from "./shipped-scorer.fixture.js";

const STEPS = 60;
/** Each video of the made-up task has six frames, one of them right. */
const CHANCE = 1 / 6;

describe("claim 8: training groups hold a video, its category, its cover and liked images; the model is trained on them", () => {
  beforeAll(useWasm);
  const training = { name: "made up", interests: nameInterests(14, 30) };

  test("a group holds the four, and its cover shows the category that was liked", () => {
    const [group] = composeForTraining(training, "W1", 1, 1);
    if (!group) throw new Error("There is no group.");
    const labelOf = (ref: PhotoRef) => training.interests.find(({ photos }) => photos.includes(ref.photo))?.id;
    expect(group.frames).toHaveLength(16);
    expect(training.interests.map(({ id }) => id)).toContain(group.category);
    const covers = group.frames.filter((_, i) => group.right[i]);
    expect(covers.length).toBeGreaterThan(0);
    for (const cover of covers) expect(labelOf(cover)).toBe(group.category);
    expect(group.history.filter((like) => labelOf(like) === group.category).length).toBeGreaterThan(4);
  });

  test("training lowers the loss, and the scorer finds covers of interests that it never saw", async () => {
    const { task, judgeUnseen } = makeUpTask({ kind: "cover", lambda: 0.1 }, STEPS);
    const losses: number[] = [];
    const weights = await trainToEnd(task, losses);
    const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(losses).toHaveLength(STEPS);
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) - 0.1);
    expect(await judgeUnseen(weights)).toBeGreaterThan(3 * CHANCE);
  }, 180_000);
});
