import { planWeights } from "@facet/interest-attention/training";
import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { makeUpTask, trainToEnd } from "./made-up-task.fixture.js";
import { VARIANT_NAMES, type VariantName } from "./variant-names.js";
import { VARIANTS } from "./variants.js";

beforeAll(() => chooseBackend());

const define = (name: VariantName) => VARIANTS[name].define({ featureWidth: 8, categories: 2 });
const weightsOf = (name: VariantName) => planWeights(define(name)).map((planned) => planned.name);

test.each(VARIANT_NAMES)("the variant %s can be trained", async (name) => {
  const { task, judgeUnseen } = makeUpTask({ kind: "cover", lambda: VARIANTS[name].lambda }, 2, name);
  const losses: number[] = [];
  const weights = await trainToEnd(task, losses);
  expect(losses).toHaveLength(2);
  expect(losses.every((loss) => Number.isFinite(loss))).toBe(true);
  expect(await judgeUnseen(weights)).toBeGreaterThan(0);
});

test("a variant without a part is the shipped one in all else", () => {
  const shipped = weightsOf("shipped");
  const missing = (name: VariantName) => shipped.filter((weight) => !weightsOf(name).includes(weight));
  expect(missing("without-first-gru").some((weight) => weight.includes("firstGru"))).toBe(true);
  expect(missing("without-second-gru").some((weight) => weight.includes("secondGru"))).toBe(true);
  expect(define("without-category-loss")).toEqual(define("shipped"));
  expect(VARIANTS["without-category-loss"].lambda).toBe(0);
  expect(define("last-state")).toEqual({ ...define("shipped"), description: "lastState" });
});
