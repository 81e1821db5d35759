import { describe, expect, test } from "vitest";
import { rankFrames } from "../evaluation/rank-metrics.js";
import { seededRandom } from "../random.js";
import { COSINE_WAYS, cosineMethods, type CosineWay } from "./cosine-methods.js";
import { learnedMethod } from "./learned-method.js";
import type { Method, ViewerFeatures } from "./method.js";
import { centredSpace, RAW_SPACE } from "./space.js";
import { ORACLE, WITHOUT_HISTORY } from "./without-history.js";

const UP = Float32Array.of(0, 1);
const RIGHT = Float32Array.of(1, 0);
const DIAGONAL = Float32Array.of(0.6, 0.8);

const WAYS = Object.keys(COSINE_WAYS) as CosineWay[]; // the object is made of nothing else
const IDS = WAYS.map((way) => `raw-${way}`);

const viewer = (given: Partial<ViewerFeatures>): ViewerFeatures => ({
  viewer: "v",
  history: [UP],
  frames: [RIGHT, UP],
  quality: [0.9, 0.1],
  colours: [UP, RIGHT],
  right: [false, true],
  ...given,
});

async function choose(id: string, given: Partial<ViewerFeatures>): Promise<number | undefined> {
  const method = [...WITHOUT_HISTORY, ...cosineMethods(RAW_SPACE, WAYS), ORACLE].find((known) => known.id === id);
  const [scores] = (await method?.score([viewer(given)])) ?? [];
  return rankFrames(scores ?? [])[0];
}

describe("methods that know nothing of the viewer", () => {
  const frames = [UP, UP, UP, UP, UP];
  test.each([
    ["first", 0],
    ["middle", 2],
    ["quality", 3],
    ["oracle", 4],
  ])("%s takes frame %i of five", async (id, frame) => {
    const right = [false, false, false, false, true];
    expect(await choose(id, { frames, quality: [0.1, 0.2, 0.3, 0.9, 0.4], right })).toBe(frame);
  });

  test("thumbnail takes the frame whose colours are nearest to the mean of all", async () => {
    const colours = [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.4)];
    expect(await choose("thumbnail", { frames: [UP, UP, UP], colours })).toBe(2);
    expect(await choose("thumbnail", { frames: [UP, UP, UP], colours: [...colours].reverse() })).toBe(0);
  });

  test("random is another frame for another viewer, and the same for the same one", async () => {
    const viewers = Array.from({ length: 30 }, (_, i) => `viewer ${i}`);
    const chosen = await Promise.all(viewers.map((name) => choose("random", { viewer: name, frames })));
    expect(new Set(chosen).size).toBe(5);
    expect(await choose("random", { viewer: "viewer 7", frames })).toBe(chosen[7]);
  });
});

describe("cosine methods", () => {
  test.each(IDS)("%s finds what is liked", async (id) => {
    expect(await choose(id, { history: [UP, UP] })).toBe(1);
    expect(await choose(id, { history: [RIGHT, RIGHT] })).toBe(0);
  });

  test.each(IDS)("%s falls back on quality", async (id) => {
    expect(await choose(id, { history: [] })).toBe(0);
  });

  test("smoothing borrows from neighbours, and the more the more they look alike", async () => {
    // The like is "up"; frame 1 is nearest to it, but stands alone, and the last three are a scene.
    const almost = Float32Array.of(0.28, 0.96);
    const frames = [RIGHT, almost, RIGHT, RIGHT, RIGHT, DIAGONAL, DIAGONAL, DIAGONAL];
    expect(await choose("raw-mean", { frames })).toBe(1);
    expect(await choose("raw-mean-smooth", { frames })).toBe(7);
    // A neighbour at a right angle lends nothing, and takes nothing away.
    expect(await choose("raw-mean-smooth", { frames: [RIGHT, UP, RIGHT, DIAGONAL, DIAGONAL] })).toBe(1);
  });

  test("what all photos of a kind have in common is taken off before they are compared", async () => {
    const far = (feature: Float32Array) => feature.map((x) => x + 10);
    const space = centredSpace({ name: "centred", kind: "baseline" }, [
      Float32Array.of(0.5, 0.5),
      Float32Array.of(10.5, 10.5),
    ]);
    const [method] = cosineMethods(space, ["mean"]);
    const choice = async (given: Partial<ViewerFeatures>) =>
      rankFrames((await method?.score([viewer(given)]))?.[0] ?? [])[0];
    const given = { history: [UP], frames: [DIAGONAL, UP, RIGHT] };
    expect(await choice(given)).toBe(1);
    expect(await choice({ history: given.history.map(far), frames: given.frames.map(far) })).toBe(1);
    const scores = await method?.score([viewer({ history: [UP].map(far), frames: [UP, RIGHT].map(far) })]);
    // Taken from the right mean, up and right are opposites; from none they would be nearly the same.
    expect(scores?.[0]?.[0]).toBeCloseTo(1, 5);
    expect(scores?.[0]?.[1]).toBeCloseTo(-1, 5);
  });

  test("the mean takes what is near to all likes, the maximum what equals one", async () => {
    // To the three likes, the diagonal frame has cosines 0.8, 0.6, 0.6 and the frame "up" 1, 0, 0.
    const given = { history: [UP, RIGHT, RIGHT], frames: [DIAGONAL, UP] };
    expect(await choose("raw-mean", given)).toBe(0);
    expect(await choose("raw-max", given)).toBe(1);
  });

  test("recency prefers what was liked last where the mean cannot", async () => {
    const given = { history: [RIGHT, RIGHT, RIGHT, UP, UP], frames: [RIGHT, UP] };
    expect(await choose("raw-mean", given)).toBe(0);
    const newer = {
      history: [...Array<Float32Array>(8).fill(RIGHT), ...Array<Float32Array>(6).fill(UP)],
      frames: [RIGHT, UP],
    };
    expect(await choose("raw-mean", newer)).toBe(0);
    expect(await choose("raw-recency", newer)).toBe(1);
    expect(await choose("raw-tuned", newer)).toBe(1);
  });

  test("the length of a feature changes nothing", async () => {
    expect(await choose("raw-mean", { frames: [RIGHT.map((x) => x * 100), UP.map((x) => x * 0.01)] })).toBe(1);
  });
});

test("on features without a signal no cosine method is better than chance", async () => {
  const random = seededRandom("noise");
  const noise = () => Float32Array.from({ length: 24 }, () => random.fraction() - 0.5);
  const viewers = Array.from({ length: 1500 }, (_, i): ViewerFeatures => {
    const winner = random.below(16);
    return {
      viewer: `viewer ${i}`,
      history: Array.from({ length: 10 }, noise),
      frames: Array.from({ length: 16 }, noise),
      quality: Array.from({ length: 16 }, () => random.fraction()),
      colours: Array.from({ length: 16 }, noise),
      right: Array.from({ length: 16 }, (_unused, frame) => frame === winner),
    };
  });
  const chance = 1 / 16;
  const fourErrors = 4 * Math.sqrt((chance * (1 - chance)) / viewers.length);
  for (const method of [...WITHOUT_HISTORY, ...cosineMethods(RAW_SPACE, WAYS)]) {
    const hits = await countHits(method, viewers);
    expect(Math.abs(hits / viewers.length - chance), method.id).toBeLessThan(fourErrors);
  }
});

async function countHits(method: Method, viewers: readonly ViewerFeatures[]): Promise<number> {
  const scores = await method.score(viewers);
  return viewers.filter(({ right }, i) => right[rankFrames(scores[i] ?? [])[0] ?? -1] === true).length;
}

test("a learned method asks its scorer only of viewers with likes, and answers in the viewers' order", async () => {
  const asked: number[] = [];
  const scorer = {
    describeHistories: (histories: readonly (readonly Float32Array[])[]) => {
      asked.push(...histories.map((history) => history.length));
      return Promise.resolve(histories.map((history) => history.length));
    },
    // Puts all on the frame whose number is the length of the history.
    scoreFrames: (requests: readonly { frames: readonly Float32Array[]; description: number }[]) =>
      Promise.resolve(
        requests.map(({ frames, description }) => ({
          probabilities: Float32Array.from(frames, (_, i) => Number(i === description)),
        })),
      ),
  };
  const frames = [UP, UP, UP];
  const viewers = [2, 0, 1].map((likes) =>
    viewer({ history: Array<Float32Array>(likes).fill(UP), frames, quality: [0, 0, 5] }),
  );
  const scores = await learnedMethod("shipped", "shipped", scorer).score(viewers);
  expect(asked).toEqual([2, 1]);
  expect(scores.map((row) => rankFrames(row)[0])).toEqual([2, 2, 1]);
  expect(scores[1]?.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 6);
});
