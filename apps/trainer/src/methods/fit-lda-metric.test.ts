import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { seededRandom } from "../random.js";
import { Cholesky } from "./cholesky.js";
import { applyLdaMetric, fitLdaMetric } from "./fit-lda-metric.js";
import { symmetricEigen } from "./symmetric-eigen.js";
import { dot, toUnitLength } from "./vectors.js";

beforeAll(async () => {
  await chooseBackend();
});

/** Near enough to a normal draw for these tests: the sum of twelve. */
function normal(random: ReturnType<typeof seededRandom>): number {
  return Array.from({ length: 12 }, () => random.fraction()).reduce((sum, x) => sum + x, -6);
}

/** Interests apart in the first three numbers, hidden under five numbers of loud noise. */
function makeInterests(seed: string, shift = 0) {
  const random = seededRandom(seed);
  return Array.from({ length: 12 }, () => {
    const centre = Array.from({ length: 3 }, () => normal(random));
    return Array.from({ length: 20 }, () =>
      Float32Array.from(
        { length: 8 },
        (_, d) => (d < 3 ? (centre[d] ?? 0) + 0.3 * normal(random) : 3 * normal(random)) + shift,
      ),
    );
  });
}

/** How often a photo's nearest other photo is of its own interest. */
function nearestIsOwn(
  interests: readonly (readonly Float32Array[])[],
  place: (x: Float32Array) => Float32Array,
): number {
  const placed = interests.flatMap((photos, interest) => photos.map((x) => ({ interest, x: toUnitLength(place(x)) })));
  const own = placed.filter(({ interest, x }, i) => {
    const others = placed.filter((_, j) => j !== i).map((other) => ({ ...other, cosine: dot(other.x, x) }));
    return others.reduce((a, b) => (b.cosine > a.cosine ? b : a)).interest === interest;
  });
  return own.length / placed.length;
}

test("a metric fitted on some interests tells others apart better than the features do", () => {
  const metric = fitLdaMetric(makeInterests("fit").map((features) => ({ features, weight: 1 })));
  const unseen = makeInterests("unseen");
  const raw = nearestIsOwn(unseen, (x) => x);
  const fitted = nearestIsOwn(unseen, (x) => applyLdaMetric(metric, x));
  expect(fitted).toBeGreaterThan(raw + 0.3);
});

test("the shift between two kinds of photo does not count as telling interests apart", () => {
  const fit = (second: string) =>
    fitLdaMetric([
      ...makeInterests("first").map((features) => ({ features, weight: 1, kind: "first" })),
      ...makeInterests("second", 5).map((features) => ({ features, weight: 1, kind: second })),
    ]);
  const ownShare = (metric: ReturnType<typeof fit>) => {
    // How much of the first direction lies along the shift, which is along all eight numbers alike.
    const direction = toUnitLength(metric.directions[0] ?? new Float32Array(8));
    return Math.abs(dot(direction, toUnitLength(new Float32Array(8).fill(1))));
  };
  expect(ownShare(fit("second"))).toBeLessThan(ownShare(fit("first")));
});

test("eigenvalues and vectors of a symmetric matrix, largest first", () => {
  const [first, second] = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  expect(first?.value).toBeCloseTo(3, 10);
  expect(second?.value).toBeCloseTo(1, 10);
  expect(Math.abs((first?.vector[0] ?? 0) + (first?.vector[1] ?? 0))).toBeCloseTo(Math.SQRT2, 10);
});

test("what a triangle solves, its matrix gives back", () => {
  const matrix = Float64Array.of(4, 2, 2, 3);
  const triangle = new Cholesky(matrix, 2);
  const [x = 0, y = 0] = triangle.solveUpper(triangle.solveLower(Float64Array.of(8, 7)));
  expect(4 * x + 2 * y).toBeCloseTo(8, 10);
  expect(2 * x + 3 * y).toBeCloseTo(7, 10);
  expect(() => new Cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow("positive definite");
});
