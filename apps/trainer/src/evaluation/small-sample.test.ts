import { expect, test } from "vitest";
import { seededRandom } from "../random.js";
import { ViewerClusters } from "./clustered-bootstrap.js";
import { normalBelow, shareBeyond, studentQuantile } from "./small-sample.js";

// From the tables of the handbook that the formulas are from.
test.each([
  [4, 2.776],
  [5, 2.571],
  [7, 2.365],
  [17, 2.11],
  [31, 2.04],
  [1000, 1.962],
])("Student's t of %i degrees of freedom is below %d in 97.5 of 100 cases", (freedom, quantile) => {
  expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.002);
});

test.each([
  [0, 0.5],
  [-1, 0.1586553],
  [-1.959964, 0.025],
  [-3, 0.0013499],
])("a normal number is below %d with probability %d", (x, share) => {
  expect(normalBelow(x)).toBeCloseTo(share, 6);
});

test("the fewer units, the less is left out; of many as much as usual, of one nothing", () => {
  expect([1, 2, 6, 8, 18].map(shareBeyond)).toEqual([1, 2, 6, 8, 18].map(shareBeyond).sort((a, b) => a - b));
  expect(shareBeyond(1)).toBe(0);
  expect(shareBeyond(8)).toBeCloseTo(0.0057, 4);
  expect(shareBeyond(100_000)).toBeCloseTo(0.025, 4);
});

test.each([6, 8, 18])("of %i interests the interval holds as often as it says", (interests) => {
  const random = seededRandom("coverage");
  // By Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
  const clusters = Array.from({ length: interests }, (_, interest) => String(interest));
  const rounds = 600;
  let held = 0;
  for (let round = 0; round < rounds; round++) {
    const { low, high } = new ViewerClusters(clusters, random, 400).estimateMean(clusters.map(normal));
    if (low <= 0 && high >= 0) held++;
  }
  // Three standard errors of 600 rounds; the plain percentiles hold in 86 of 100 for 6 interests.
  expect(held / rounds).toBeGreaterThan(0.95 - 0.027);
});
