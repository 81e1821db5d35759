import { setTimeout as sleep } from "node:timers/promises";

/** Sends the next of a row of requests. */
export type Send = () => Promise<unknown>;

/**
 * Sends at a steady rate, whether answers come or not.
 *
 * @returns milliseconds from when each request was due to its answer: one that waits behind a slow one counts its waiting
 */
export async function sendAtRate(perSecond: number, seconds: number, send: Send): Promise<number[]> {
  const started = performance.now();
  const answers: Promise<number>[] = [];
  for (let place = 0; place < perSecond * seconds; place++) {
    const due = started + (place * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const answer = send().then(() => performance.now() - due);
    // One that fails is told of at the end, with all the others; until then it must not count as unhandled.
    answer.catch(() => undefined);
    answers.push(answer);
  }
  return Promise.all(answers);
}

/** Sends one after another, so many at once, for some seconds. @returns answers a second */
export async function saturate(atOnce: number, seconds: number, send: Send): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let answers = 0;
  const keepSending = async (): Promise<void> => {
    while (performance.now() < until) {
      await send();
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, keepSending));
  return (answers * 1000) / (performance.now() - started);
}

/** Sends one after another, so many at once, until it is told to stop. */
export function loadUntilStopped(atOnce: number, send: Send): () => Promise<void> {
  let isStopped = false;
  const keepSending = async (): Promise<void> => {
    while (!isStopped) await send();
  };
  const all = Promise.all(Array.from({ length: atOnce }, keepSending));
  // Told to who stops it.
  all.catch(() => undefined);
  return async () => {
    isStopped = true;
    await all;
  };
}
