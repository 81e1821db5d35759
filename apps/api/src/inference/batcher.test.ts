import { expect, test } from "vitest";
import { Batcher } from "./batcher.js";

/** Doubles; a pass ends when it is told to. */
function makeDoubler(maxItems: number) {
  const passes: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const batcher = new Batcher<number, number>(async (items) => {
    passes.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (items.includes(-1)) throw new Error("-1 is refused");
    return items.map((item) => item * 2);
  }, maxItems);
  const endPass = async (): Promise<void> => {
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { batcher, passes, endPass };
}

test("what is asked while a pass is under way is answered by the next, each its own", async () => {
  const { batcher, passes, endPass } = makeDoubler(10);
  const first = batcher.answer([1]);
  await new Promise((resolve) => setImmediate(resolve));
  const later = [batcher.answer([2, 3]), batcher.answer([4])];
  await endPass();
  await endPass();
  expect(await first).toEqual([2]);
  expect(await Promise.all(later)).toEqual([[4, 6], [8]]);
  expect(passes).toEqual([[1], [2, 3, 4]]);
});

test("a pass holds so many items, but never less than a call", async () => {
  const { batcher, passes, endPass } = makeDoubler(3);
  const answers = [[1, 2], [3, 4], [5], [6, 7, 8, 9]].map((items) => batcher.answer(items));
  for (let pass = 0; pass < 3; pass++) await endPass();
  expect(passes).toEqual([
    [1, 2],
    [3, 4, 5],
    [6, 7, 8, 9],
  ]);
  expect((await Promise.all(answers)).flat()).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
});

test("what one call brought is not the fault of the others", async () => {
  const { batcher, endPass } = makeDoubler(10);
  const answers = [[1], [-1], [3]].map((items) => batcher.answer(items));
  const settled = Promise.allSettled(answers);
  for (let pass = 0; pass < 4; pass++) await endPass();
  expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
