import { expect, test } from "vitest";
import { nameInterests } from "../photos/interests.fixture.js";
import { nearestInterests } from "./nearest-interests.js";

test("the interests of a collection in the order of how much they look alike, never those of another", () => {
  const angles = [0, 10, 25, 180];
  const near = { name: "near", interests: nameInterests(4, 3) };
  const other = {
    name: "other",
    interests: nameInterests(2, 3).map((interest) => ({ ...interest, id: `other/${interest.label}` })),
  };
  const angleOf = new Map(
    near.interests.flatMap(({ photos }, i) => photos.map((photo, n) => [photo, (angles[i] ?? 0) + n - 1] as const)),
  );
  const ids = near.interests.map(({ id }) => id);
  const nearest = nearestInterests([near, other], ({ photo }) => {
    const radians = ((angleOf.get(photo) ?? 90) * Math.PI) / 180;
    return Float32Array.of(Math.cos(radians), Math.sin(radians));
  });
  expect(nearest.get(ids[0] ?? "")).toEqual([ids[1], ids[2], ids[3]]);
  expect(nearest.get(ids[3] ?? "")).toHaveLength(3);
  expect(nearest.get(other.interests[0]?.id ?? "")).toEqual([other.interests[1]?.id]);
});
