import { expect, test } from "vitest";
import { seededRandom } from "../random.js";
import { ViewerClusters } from "./clustered-bootstrap.js";

const random = () => seededRandom("bootstrap test");
/** Four interests of 25 viewers each, who all hit or all miss. */
const interests = Array.from({ length: 100 }, (_, viewer) => `interest ${viewer % 4}`);
const hits = Array.from({ length: 100 }, (_, viewer) => (viewer % 4 < 2 ? 1 : 0));

test("the mean is that of the viewers", () => {
  expect(new ViewerClusters(interests, random()).estimateMean(hits).mean).toBe(0.5);
});

test("viewers who share an interest make a wider interval than as many independent ones", () => {
  const clustered = new ViewerClusters(interests, random()).estimateMean(hits);
  const independent = new ViewerClusters(
    interests.map((_, viewer) => `interest ${viewer}`),
    random(),
  ).estimateMean(hits);
  expect(clustered.high - clustered.low).toBeGreaterThan(2 * (independent.high - independent.low));
  // 100 independent coins: 1.96 standard errors of 0.05 to either side.
  expect(independent.low).toBeCloseTo(0.4, 1);
  expect(independent.high).toBeCloseTo(0.6, 1);
});

test("an interval over many interests leaves out about a fortieth of the draws at either end", () => {
  const viewers = Array.from({ length: 100 }, (_, viewer) => viewer);
  const clusters = new ViewerClusters(viewers.map(String), random(), 20_000);
  const { mean, low, high } = clusters.estimateMean(viewers.map((viewer) => viewer / 99));
  // 1.96 standard errors of a hundred numbers that are spread evenly over 0..1.
  const reach = (1.96 * Math.sqrt(101 / 99 / 12)) / 10;
  expect(Math.abs(high - mean - reach)).toBeLessThan(0.03 * reach);
  expect(Math.abs(mean - low - reach)).toBeLessThan(0.03 * reach);
});

test("a difference that every viewer shows has an interval of no width", () => {
  expect(new ViewerClusters(interests, random()).estimateMean(hits.map(() => 0.25))).toEqual({
    mean: 0.25,
    low: 0.25,
    high: 0.25,
  });
});

test("a larger interest counts more, since it has more viewers", () => {
  const estimate = new ViewerClusters(["a", "a", "a", "b"], random()).estimateMean([1, 1, 1, 0]);
  expect(estimate.mean).toBe(0.75);
});

test("the same seed gives the same interval", () => {
  const again = () => new ViewerClusters(interests, random()).estimateMean(hits.map((hit, i) => hit * (i % 7)));
  expect(again()).toEqual(again());
});

test("each group counts the same, however many viewers it has", () => {
  const clusters = new ViewerClusters(["a", "a", "b", "b"], random());
  const estimate = clusters.estimateMeanOfGroups([1, 1, 1, 0], [0, 0, 0, 1]);
  expect(estimate.mean).toBe(0.5);
});

test("there may be more viewers than a call takes arguments", () => {
  const viewers = Array.from({ length: 300_000 }, (_, viewer) => viewer);
  const clusters = new ViewerClusters(
    viewers.map((viewer) => String(viewer % 5)),
    seededRandom("many"),
    10,
  );
  const estimate = clusters.estimateMeanOfGroups(
    viewers.map((viewer) => viewer % 2),
    viewers.map((viewer) => viewer % 3),
  );
  expect(estimate.mean).toBeCloseTo(0.5, 10);
});

test("an interest that fails in every group makes a wider interval than interests that fail in one each", () => {
  // Eight interests in two groups; a quarter of all viewers miss in both cases.
  const clusters = Array.from({ length: 16 }, (_, viewer) => `interest ${viewer % 8}`);
  const groups = clusters.map((_, viewer) => Math.floor(viewer / 8));
  const estimate = (misses: readonly number[]) =>
    new ViewerClusters(clusters, random()).estimateMeanOfGroups(
      clusters.map((_, viewer) => (misses.includes(viewer) ? 0 : 1)),
      groups,
    );
  const together = estimate([0, 1, 8, 9]);
  const apart = estimate([0, 1, 10, 11]);
  expect(together.mean).toBe(apart.mean);
  expect(together.high - together.low).toBeGreaterThan(apart.high - apart.low);
});
