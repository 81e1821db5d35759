import { expect, test } from "vitest";
import type { Episode, PhotoRef } from "../episodes/episode.js";
import { nameInterests } from "../photos/interests.fixture.js";
import { composeKinds } from "./compose-kinds.js";
import { RECIPE } from "./recipe.js";

const INTERESTS = nameInterests(40, 40);
const IDS = INTERESTS.map(({ id }) => id);
const { share, among } = RECIPE.lookAlikes;
/** Each interest looks most like the next ones. */
const nearest = new Map(IDS.map((id, i) => [id, [...IDS.slice(i + 1), ...IDS.slice(0, i)]]));

const interestOf = ({ photo }: PhotoRef) => `made-up/${photo.name.split("/")[0] ?? ""}`;

/** Share of the videos that show nothing beside the likes but the interests that look most like the wanted one. */
function shareOfLookAlikes(composed: ReadonlyMap<string, readonly string[]>, world: number): number {
  const kinds = composeKinds([{ name: "made-up", interests: INTERESTS }], 1, () => undefined, composed);
  const groups = Array.from({ length: 200 }, (_, n) => kinds[world]?.[0]?.groupAt(n) as Episode); // composed ones are
  const made = groups.filter(({ cluster, frames }) => {
    const near = new Set([cluster, ...(nearest.get(cluster) ?? []).slice(0, among + 2)]); // a liked one may be nearer
    return frames.map(interestOf).filter((id) => !near.has(id)).length === 0;
  });
  return made.length / groups.length;
}

// In W3 the video shows the other liked interest as well, whether it looks alike or not.
test.each(RECIPE.worlds.map((world, n) => [world, n] as const).filter(([world]) => world !== "W3"))(
  "%s: so many of the training videos as the recipe says are made of look-alikes",
  (_world, n) => {
    expect(Math.abs(shareOfLookAlikes(nearest, n) - share)).toBeLessThan(0.1);
    expect(shareOfLookAlikes(new Map(), n)).toBeLessThan(0.1);
  },
);
