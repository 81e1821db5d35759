import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { Turn } from "./turn.js";

const LONG_MS = 3_600_000;

test("what listens to a turn is not on the signal that outlives it, nor is the turn when it has ended", () => {
  const stop = new AbortController().signal;
  const turn = new Turn(stop, LONG_MS);
  for (let n = 0; n < 20; n++) AbortSignal.any([turn.signal, AbortSignal.abort()]);
  expect(getEventListeners(stop, "abort")).toHaveLength(1);
  turn.end();
  expect(getEventListeners(stop, "abort")).toHaveLength(0);
});

test("a turn stops with the reason of whoever stopped it, also where that was before it began", () => {
  const service = new AbortController();
  const turn = new Turn(service.signal, LONG_MS);
  service.abort("shut down");
  expect(turn.signal.reason).toBe("shut down");
  expect(new Turn(service.signal, LONG_MS).signal.reason).toBe("shut down");
});
