import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeFrames, type StoredFrame } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import type { CoverDecision, DecisionScope } from "./cover-decision.js";
import { DecisionStore } from "./decision-store.js";
import { insertDecisions, type NewDecision } from "./insert-decisions.js";

let database: Database;
let store: DecisionStore;
let frames: readonly StoredFrame[];
const scope: DecisionScope = {
  ...{ videoId: "film", userId: "ann", viewerSince: null, modelVersion: "m-1" },
  ...{ historyVersion: 0, videoRevision: 1, rulesRevision: 0 },
};

beforeAll(async () => {
  database = await openTestDatabase();
  store = new DecisionStore(database.prisma, database.statements);
  frames = await storeFrames(database.prisma, "film", 3);
});
afterAll(() => database.close());

async function keep(kept: DecisionScope, made: Omit<NewDecision, keyof DecisionScope>): Promise<CoverDecision> {
  const decision = (await store.keep(kept, [{ ...kept, ...made }])).get(kept.videoId);
  if (decision === undefined) throw new Error("Nothing was kept.");
  // What it shows was read along by who was first; who finds it reads that on their own.
  const { shown, ...facts } = decision;
  if (shown !== undefined) expect(shown).toMatchObject({ video: { id: kept.videoId }, frame: { id: facts.frameId } });
  return facts;
}

const find = async (asked: DecisionScope) => (await store.find(asked, [asked])).get(asked.videoId);

/** A decision for one of the frames, by scores that 32-bit floats hold only nearly. */
function decideFor(chosen: number) {
  const probabilities = frames.map((_, index) => Math.fround(index === chosen ? 0.5006 : 0.2497));
  return {
    ...({ frameId: frames[chosen]?.id ?? "", basis: "PERSONALIZED", reason: "SCORED" } as const),
    probability: probabilities[chosen] ?? 0,
    candidates: frames.map((frame, index) => ({
      ...{ frameId: frame.id, interestWeight: index - 0.1, probability: probabilities[index] ?? 0 },
    })),
  };
}

test("a decision is the same to who made it and to who finds it", async () => {
  const made = decideFor(1);
  const kept = await keep(scope, made);
  const { frameId, basis, reason } = made;
  expect(kept).toMatchObject({ frameId, basis, reason, videoId: "film", userId: "ann", modelVersion: "m-1" });
  expect(kept.candidates.map((candidate) => candidate.frameId)).toEqual(frames.map((frame) => frame.id));
  for (const [index, candidate] of kept.candidates.entries()) {
    expect(candidate.probability).toBeCloseTo(made.candidates[index]?.probability ?? NaN, 12);
    expect(candidate.interestWeight).toBeCloseTo(made.candidates[index]?.interestWeight ?? NaN, 12);
  }
  expect(await find(scope)).toEqual(kept);
});

test("the probability of the cover is that of its frame among the candidates, to the last digit", async () => {
  const kept = await keep({ ...scope, userId: "cat" }, decideFor(2));
  expect(kept.probability).toBe(kept.candidates[2]?.probability);
});

test("of many callers who decide otherwise at the same moment, all get what the first stored", async () => {
  const contested = { ...scope, userId: "bob" };
  const kept = await Promise.all(Array.from({ length: 20 }, (_, index) => keep(contested, decideFor(index % 3))));
  expect(new Set(kept.map((decision) => JSON.stringify(decision))).size).toBe(1);
  expect(await database.prisma.coverDecision.count({ where: { userId: "bob" } })).toBe(1);
});

test.each([{ historyVersion: 1 }, { modelVersion: "m-2" }, { videoRevision: 2 }, { rulesRevision: 1 }])(
  "a decision does not hold where %o",
  async (change) => {
    await keep(scope, decideFor(0));
    expect(await find({ ...scope, ...change })).toBeUndefined();
  },
);

describe("a decision is read no more", () => {
  const outdate: [string, (videoId: string, userId: string) => Promise<unknown>, string][] = [
    ["by another model", () => Promise.resolve(), "m-2"],
    [
      "of another history",
      (_, id) => database.prisma.viewer.update({ where: { id }, data: { historyVersion: { increment: 1 } } }),
      "m-1",
    ],
    [
      "of other frames",
      (id) => database.prisma.video.update({ where: { id }, data: { revision: { increment: 1 } } }),
      "m-1",
    ],
    [
      "of other rules",
      (id) => database.prisma.video.update({ where: { id }, data: { rulesRevision: { increment: 1 } } }),
      "m-1",
    ],
  ];

  test.each(outdate)("%s", async (name, change, model) => {
    const [videoId, userId] = [`film ${name}`, `viewer ${name}`];
    const made = decideAmong(await storeFrames(database.prisma, videoId, 2));
    const { decisionId } = await keep({ ...scope, videoId, userId }, made);
    const read = async (modelVersion: string) =>
      (await store.read(userId, [videoId], modelVersion)).decisions.get(videoId)?.decisionId;
    expect(await read("m-1")).toBe(decisionId);
    await change(videoId, userId);
    expect(await read(model)).toBeUndefined();
  });
});

test("a viewer that was never seen is a newcomer", async () => {
  expect(await store.findViewer("nobody")).toEqual({
    ...{ historyVersion: 0, hasLikes: false, optedOut: false, since: null },
  });
});

test("pages that store the same decisions at the same moment in different orders do not wait for each other", async () => {
  const films = ["page 0", "page 1", "page 2", "page 3"];
  const made = await Promise.all(
    films.map(async (videoId) => ({
      ...scope,
      videoId,
      ...decideAmong(await storeFrames(database.prisma, videoId, 2)),
    })),
  );
  const viewer = { ...scope, userId: "fay" };
  const orders = Array.from({ length: 24 }, (_, turn) => (turn % 2 === 0 ? made : made.toReversed()));
  const pages = await Promise.all(orders.map((page) => store.keep(viewer, page)));
  const answers = pages.map((page) => films.map((videoId) => page.get(videoId)?.decisionId));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await database.prisma.coverDecision.count({ where: { userId: "fay" } })).toBe(films.length);
});

test("a page that waits for another's decision keeps back none of those that stand behind it", async () => {
  const { prisma } = database;
  const films = ["first", "second", "third"];
  const viewer = { ...scope, userId: "ida" };
  const made = await Promise.all(
    films.map(async (videoId) => ({ ...scope, videoId, ...decideAmong(await storeFrames(prisma, videoId, 2)) })),
  );
  await prisma.viewer.create({ data: { id: "ida" } });
  let pages: ReturnType<DecisionStore["keep"]>[] = [];
  await prisma.$transaction(
    async (transaction) => {
      await insertDecisions(transaction, viewer, made.slice(1, 2));
      pages = [store.keep(viewer, made.toReversed())];
      await untilSomebodyWaits(prisma);
      pages.push(store.keep(viewer, made));
      await untilSomebodyWaits(prisma, 2);
    },
    { timeout: 30_000 },
  );
  const [one, other] = await Promise.all(pages);
  for (const film of films) expect(one?.get(film)?.decisionId).toBe(other?.get(film)?.decisionId);
  expect([one?.size, other?.size]).toEqual([films.length, films.length]);
});

test("a video that is gone meanwhile costs the others of its page nothing", async () => {
  const made = await Promise.all(
    ["stays", "goes"].map(async (videoId) => {
      return { ...scope, videoId, ...decideAmong(await storeFrames(database.prisma, videoId, 2)) };
    }),
  );
  await database.prisma.video.delete({ where: { id: "goes" } });
  const kept = await store.keep({ ...scope, userId: "gus" }, made);
  expect([...kept.keys()]).toEqual(["stays"]);
});

function decideAmong(candidates: readonly StoredFrame[]) {
  const probability = 1 / candidates.length;
  return {
    ...({ frameId: candidates[0]?.id ?? "", basis: "QUALITY", reason: "NEW_VIEWER", probability } as const),
    candidates: candidates.map(({ id: frameId }) => ({ frameId, interestWeight: 0, probability })),
  };
}

test("a decision under way when its viewer is deleted is not kept, even if a viewer of that id has come since", async () => {
  const { viewer } = database.prisma;
  const { createdAt: viewerSince } = await viewer.create({ data: { id: "dan", createdAt: new Date(0) } });
  const underWay = { ...scope, userId: "dan", viewerSince };
  const keepLate = () => store.keep(underWay, [{ ...underWay, ...decideFor(0) }]);
  await viewer.delete({ where: { id: "dan" } });
  expect((await keepLate()).size).toBe(0);
  expect(await viewer.count({ where: { id: "dan" } })).toBe(0);
  await viewer.create({ data: { id: "dan" } });
  expect((await keepLate()).size).toBe(0);
  expect(await database.prisma.coverDecision.count({ where: { userId: "dan" } })).toBe(0);
});
