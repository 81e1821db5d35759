import { expect, test } from "vitest";
import type { MethodFamily, MethodKind } from "../methods/method.js";
import { compareShipped, type Hits } from "./compare-methods.js";

const row = (id: string, kind: MethodKind, family: MethodFamily, ...hits: number[]): Hits => ({
  method: { id, kind, family },
  hits,
});
const mean = (values: readonly number[]) => {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean: average, low: average, high: average };
};

const methods = [
  row("first", "baseline", "withoutHistory", 0, 0, 1, 0),
  row("lda-mean", "learned", "cosine", 1, 1, 0, 0),
  row("raw-mean", "baseline", "cosine", 0, 0, 1, 1),
  row("literal", "learned", "scorer", 1, 1, 1, 1),
  row("shipped", "shipped", "scorer", 1, 1, 1, 0),
  row("oracle", "oracle", "oracle", 1, 1, 1, 1),
];

test("the shipped scorer is set against every other but the oracle", () => {
  const differences = compareShipped(methods, mean).map(({ against, hitAt1 }) => [against, hitAt1.mean]);
  expect(differences).toEqual([
    ["first", 0.5],
    ["lda-mean", 0.25],
    ["raw-mean", 0.25],
    ["literal", -0.25],
    ["best", 0.25],
  ]);
});

test("the best is a simple method, never a trained scorer or the oracle, and of equal ones the first", () => {
  expect(compareShipped(methods, mean).at(-1)).toMatchObject({ against: "best", best: "lda-mean" });
});

test("one that knows nothing of the viewer may be the best of the simple ones", () => {
  const byQuality = row("quality", "baseline", "withoutHistory", 1, 1, 1, 1);
  const [best] = compareShipped([...methods, byQuality], mean).slice(-1);
  expect(best).toMatchObject({ against: "best", best: "quality", hitAt1: { mean: -0.25 } });
});

test("without a shipped scorer there is nothing to set against", () => {
  expect(
    compareShipped(
      methods.filter(({ method }) => method.id !== "shipped"),
      mean,
    ),
  ).toEqual([]);
});
