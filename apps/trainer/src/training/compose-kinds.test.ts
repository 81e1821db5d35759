import { expect, test } from "vitest";
import type { Episode, PhotoRef } from "../episodes/episode.js";
import { nameInterests } from "../photos/interests.fixture.js";
import { composeKinds } from "./compose-kinds.js";
import { GroupStream } from "./group-stream.js";
import { RECIPE } from "./recipe.js";

const INTERESTS = nameInterests(40, 40);
const IDS = INTERESTS.map(({ id }) => id);
const { share, among } = RECIPE.lookAlikes;
/** Each interest looks most like the next ones. */
const nearest = new Map(IDS.map((id, i) => [id, [...IDS.slice(i + 1), ...IDS.slice(0, i)]]));

const interestOf = ({ photo }: PhotoRef) => `made-up/${photo.name.split("/")[0] ?? ""}`;

const COLLECTIONS = [{ name: "made-up", interests: INTERESTS }];
type TrainedWorld = (typeof RECIPE.worlds)[number];

/** The world of each kind, in the order of the turns. */
const TURNS = RECIPE.worlds.flatMap((world) => Array.from({ length: RECIPE.practice[world] }, () => world));

/** Share of the videos that show nothing beside the likes but the interests that look most like the wanted one. */
function shareOfLookAlikes(composed: ReadonlyMap<string, readonly string[]>, world: TrainedWorld): number {
  const source = composeKinds(COLLECTIONS, 1, () => undefined, composed)[TURNS.indexOf(world)]?.[0];
  const groups = Array.from({ length: 200 }, (_, n) => source?.groupAt(n) as Episode); // composed ones are
  const made = groups.filter(({ cluster, frames }) => {
    const near = new Set([cluster, ...(nearest.get(cluster) ?? []).slice(0, among + 2)]); // a liked one may be nearer
    return frames.map(interestOf).filter((id) => !near.has(id)).length === 0;
  });
  return made.length / groups.length;
}

// In W3 the video shows the other liked interest as well, whether it looks alike or not.
test.each(RECIPE.worlds.filter((world) => world !== "W3"))(
  "%s: so many of the training videos as the recipe says are made of look-alikes",
  (world) => {
    expect(Math.abs(shareOfLookAlikes(nearest, world) - share)).toBeLessThan(0.1);
    expect(shareOfLookAlikes(new Map(), world)).toBeLessThan(0.1);
  },
);

test("each world is drawn as often as its practice says, and never gives the same group twice", () => {
  const stream = new GroupStream(
    composeKinds(COLLECTIONS, 1, () => undefined, nearest),
    undefined,
    1,
  );
  const groups = stream.take(10 * TURNS.length) as Episode[]; // composed ones are
  for (const world of RECIPE.worlds) {
    expect(groups.filter((group) => group.world === world)).toHaveLength(10 * RECIPE.practice[world]);
  }
  expect(new Set(groups.map(({ viewer }) => viewer)).size).toBe(groups.length);
});
