import { describe, expect, test } from "vitest";
import { degradationOf } from "../photos/degrade.js";
import { PhotosError } from "../photos/errors.js";
import { nameInterests } from "../photos/interests.fixture.js";
import { composeEpisodes } from "./compose-episodes.js";
import { WORLDS, type Episode, type PhotoRef, type World } from "./episode.js";

const INTERESTS = nameInterests(20, 40);
const compose = (world: World, count = 60, seed = 1) => composeEpisodes(INTERESTS, world, count, seed, "made-up");
const interestOf = ({ photo }: PhotoRef) => `made-up/${photo.name.split("/")[0] ?? ""}`;
const hashes = (refs: readonly PhotoRef[]) => refs.map(({ photo }) => photo.hash);
const countOf = (refs: readonly PhotoRef[], interest: string) =>
  refs.filter((ref) => interestOf(ref) === interest).length;

function scenesOf(episode: Episode): PhotoRef[][] {
  const scenes = [...new Set(episode.scenes)];
  return scenes.map((scene) => episode.frames.filter((_, i) => episode.scenes[i] === scene));
}

describe.each(WORLDS)("in %s", (world) => {
  const episodes = compose(world);

  test("a video has 16 frames in 5 to 8 scenes of 1 to 4, each scene of one interest", () => {
    for (const episode of episodes) {
      expect(episode.frames).toHaveLength(16);
      const scenes = scenesOf(episode);
      expect(scenes.length).toBeGreaterThanOrEqual(5);
      expect(scenes.length).toBeLessThanOrEqual(8);
      for (const scene of scenes) {
        expect(scene.length).toBeLessThanOrEqual(4);
        expect(new Set(scene.map(interestOf)).size).toBe(1);
      }
    }
  });

  test("the frames of a scene stand together", () => {
    for (const { scenes } of episodes) expect([...scenes].sort((a, b) => a - b)).toEqual(scenes);
  });

  test("no photo is twice in a video, twice in a history, or in both", () => {
    for (const { history, frames } of episodes) {
      const all = hashes([...history, ...frames]);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test("at least one frame is right", () => {
    for (const { right } of episodes) expect(right).toContain(true);
  });

  test("equal seeds make equal episodes, and more of them leave the first ones as they are", () => {
    expect(compose(world, 10)).toEqual(episodes.slice(0, 10));
    expect(compose(world, 10, 2)).not.toEqual(episodes.slice(0, 10));
  });
});

test("W0: likes are random and one frame, drawn by lot, is right", () => {
  const episodes = compose("W0", 400);
  for (const { right, history } of episodes) {
    expect(right.filter(Boolean)).toHaveLength(1);
    expect(history).toHaveLength(10);
  }
  const places = new Set(episodes.map(({ right }) => right.indexOf(true)));
  expect(places.size).toBe(16);
});

test("W1: nine of ten likes are of the interest that one scene shows", () => {
  for (const { history, cluster, frames, right } of compose("W1")) {
    expect(history).toHaveLength(10);
    expect(countOf(history, cluster)).toBe(9);
    expect(frames.map((frame) => interestOf(frame) === cluster)).toEqual(right);
  }
});

test("W1: a small interest's history is what its scene leaves over", () => {
  const small = nameInterests(10, 4);
  for (const { history, cluster, frames } of composeEpisodes(small, "W1", 40, 1, "made-up")) {
    expect(countOf(frames, cluster) + countOf(history, cluster)).toBe(4);
    expect(countOf(history, cluster)).toBeGreaterThanOrEqual(2);
  }
});

test("W2: three interests share 15 likes, and the video has one of them", () => {
  for (const { history, cluster, frames, right } of compose("W2")) {
    expect(history).toHaveLength(15);
    const liked = [...new Set(history.map(interestOf))].filter((interest) => countOf(history, interest) >= 4);
    expect(liked).toHaveLength(3);
    expect(liked).toContain(cluster);
    expect(liked.filter((interest) => countOf(frames, interest) > 0)).toEqual([cluster]);
    expect(frames.map((frame) => interestOf(frame) === cluster)).toEqual(right);
  }
});

test("W3: 14 of one interest come before 6 of another; the video has both, and the later one is right", () => {
  for (const { history, cluster, frames, right } of compose("W3")) {
    const earlier = history.slice(0, 1).map(interestOf).join("");
    expect(history.map(interestOf)).toEqual([...Array<string>(14).fill(earlier), ...Array<string>(6).fill(cluster)]);
    expect(countOf(frames, earlier)).toBeGreaterThan(0);
    expect(frames.map((frame) => interestOf(frame) === cluster)).toEqual(right);
  }
});

test("W5: half of every scene is degraded, and only clean frames are right", () => {
  for (const episode of compose("W5")) {
    for (const scene of scenesOf(episode)) {
      const degraded = scene.filter(({ degradation }) => degradation !== "none").length;
      expect(Math.abs(degraded - scene.length / 2)).toBeLessThanOrEqual(0.5);
      expect(degraded).toBeGreaterThan(0);
      expect(degraded).toBeLessThan(scene.length);
    }
    episode.frames.forEach((frame, i) => {
      expect(episode.right[i]).toBe(interestOf(frame) === episode.cluster && frame.degradation === "none");
      if (frame.degradation !== "none") expect(frame.degradation).toBe(degradationOf(frame.photo.hash));
    });
    expect(episode.history.every(({ degradation }) => degradation === "none")).toBe(true);
  }
});

test.each([
  ["W6-0", 0],
  ["W6-1", 1],
  ["W6-3", 3],
] as const)("%s: a history of %i", (world, likes) => {
  for (const { history, cluster } of compose(world)) {
    expect(history).toHaveLength(likes);
    expect(countOf(history, cluster)).toBe(likes);
  }
});

test("the interests take turns at being the viewer's", () => {
  const turns = compose("W1", 40).map(({ cluster }) => cluster);
  expect(new Set(turns.slice(0, 20)).size).toBe(20);
});

test("folders that are too small for a world are told with their numbers", () => {
  expect(() => composeEpisodes(nameInterests(3, 4), "W1", 1, 1, "tiny")).toThrow(PhotosError);
  expect(() => composeEpisodes(nameInterests(3, 40), "W2", 1, 1, "tiny")).toThrow(
    "tiny has too few photos for W2: 3 interests of at most 40 photos",
  );
});

test("a few interests make a video all the same: they are shown a second time", () => {
  const [episode] = composeEpisodes(nameInterests(4, 12), "W1", 1, 1, "small");
  expect(episode?.frames).toHaveLength(16);
});

describe("with look-alikes", () => {
  const ids = INTERESTS.map(({ id }) => id);
  const next = (id: string, places: number) => ids[(ids.indexOf(id) + places) % ids.length] ?? "";
  const nearest = new Map(ids.map((id) => [id, ids.slice(1).map((_, n) => next(id, n + 1))]));
  const among = 6;
  const alike = (world: World, share: number) =>
    composeEpisodes(INTERESTS, world, 60, 1, "made-up", { lookAlikes: { share, among, nearest } });
  const shown = ({ frames }: Episode) => [...new Set(frames.map(interestOf))];
  const standBeside = (episode: Episode) =>
    shown(episode).filter((id) => id !== episode.cluster && countOf(episode.history, id) < 2);
  const areNear = (episode: Episode) => {
    const near = nearest.get(episode.cluster) ?? [];
    return standBeside(episode).every((id) => near.indexOf(id) < among + 2); // liked interests may take two places
  };

  test.each(WORLDS.filter((world) => world !== "W0"))("%s: videos are made of the nearest interests", (world) => {
    expect(alike(world, 1).every(areNear)).toBe(true);
    expect(compose(world).filter(areNear).length).toBeLessThan(10);
  });

  test("only the share asked for is made of them", () => {
    const near = alike("W1", 0.5).filter(areNear).length;
    expect(near).toBeGreaterThan(15);
    expect(near).toBeLessThan(45);
  });

  test("where they are too few for a video, it is made of any", () => {
    const small = nameInterests(10, 4);
    const none = {
      share: 1,
      among: 1,
      nearest: new Map(small.map(({ id }, i) => [id, [small[(i + 1) % 10]?.id ?? ""]])),
    };
    for (const { frames } of composeEpisodes(small, "W1", 20, 1, "made-up", { lookAlikes: none })) {
      expect(frames).toHaveLength(16);
    }
  });
});

describe("thinned viewers", () => {
  const thinned = (world: World, share: number) =>
    composeEpisodes(INTERESTS, world, 60, 1, "made-up", { thinned: share });

  test("liked a part of what they would have liked, in the same order, and at least two images", () => {
    const whole = compose("W1");
    const lengths = thinned("W1", 1).map(({ history }, i) => {
      const full = hashes(whole[i]?.history ?? []);
      const part = hashes(history);
      expect(full.filter((hash) => part.includes(hash))).toEqual(part);
      return part.length;
    });
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(2);
    expect(new Set(lengths).size).toBeGreaterThan(4);
  });

  test("of W3 still turned from one interest to the other", () => {
    for (const { history, cluster } of thinned("W3", 1)) {
      const isNew = history.map((ref) => interestOf(ref) === cluster);
      expect(isNew).toEqual([...isNew].sort());
      expect(countOf(history, cluster)).toBeGreaterThanOrEqual(2);
      expect(isNew.filter((x) => !x).length).toBeGreaterThanOrEqual(2);
    }
  });

  test("are as many as asked for, and none where none is", () => {
    const whole = compose("W1", 60);
    const shorter = thinned("W1", 0.5).filter(({ history }, i) => history.length < (whole[i]?.history.length ?? 0));
    expect(shorter.length).toBeGreaterThan(10);
    expect(shorter.length).toBeLessThan(45);
    expect(thinned("W1", 0)).toEqual(whole);
  });
});

test("viewers have likeable interests only, and the others stand beside them", () => {
  const likeable = INTERESTS.slice(0, 4);
  const names = new Set(likeable.map(({ id }) => id));
  for (const world of ["W1", "W2", "W3"] as const) {
    const episodes = composeEpisodes(INTERESTS, world, 40, 1, "made-up", { likeable });
    expect(new Set(episodes.map(({ cluster }) => cluster))).toEqual(names);
    const shown = new Set(episodes.flatMap(({ frames }) => frames.map(({ photo }) => photo.name.split("/")[0])));
    expect(shown.size).toBeGreaterThan(names.size + 2);
    for (const { history } of episodes) {
      const interests = history.map(({ photo }) => INTERESTS.find(({ photos }) => photos.includes(photo))?.id ?? "");
      expect(interests.filter((id) => names.has(id)).length).toBeGreaterThanOrEqual(0.8 * history.length);
    }
  }
});
