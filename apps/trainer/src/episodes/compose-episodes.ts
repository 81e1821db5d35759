import { degradationOf } from "../photos/degrade.js";
import { PhotosError } from "../photos/errors.js";
import type { Interest, Photo } from "../photos/photo.js";
import { seededRandom, type Random } from "../random.js";
import { composeMixedHistory, thinOut, UnusedPhotos } from "./compose-history.js";
import { composeVideo, type Scene } from "./compose-video.js";
import type { Episode, PhotoRef, World } from "./episode.js";

/** What a world asks of its viewers and videos. */
interface Recipe {
  /** Likes of the interests drawn for the viewer: one number for each interest; all mixed, or one after the other. */
  readonly likes: readonly number[];
  readonly order: "mixed" | "oneAfterTheOther";
  /** Which of the viewer's interests, by their places in `likes`, the video shows; the last of them makes the hits. */
  readonly shown: readonly number[];
  readonly halfDegraded: boolean;
}

const ONE_INTEREST: Recipe = { likes: [10], order: "mixed", shown: [0], halfDegraded: false };

const RECIPES: Readonly<Record<Exclude<World, "W0">, Recipe>> = {
  W1: ONE_INTEREST,
  W2: { ...ONE_INTEREST, likes: [5, 5, 5] },
  W3: { ...ONE_INTEREST, likes: [14, 6], order: "oneAfterTheOther", shown: [0, 1] },
  W5: { ...ONE_INTEREST, halfDegraded: true },
  "W6-0": { ...ONE_INTEREST, likes: [0] },
  "W6-1": { ...ONE_INTEREST, likes: [1] },
  "W6-3": { ...ONE_INTEREST, likes: [3] },
};

const RANDOM_LIKES = 10;

/** Which viewers are made; all of the interests' viewers, with as many likes as the world says, unless told. */
export interface ViewerWish {
  /**
   * Share of the viewers, 0..1, who liked fewer images than the world says: in training, so that nothing is learned of
   * exact numbers.
   */
  readonly thinned?: number;
  /** The interests that viewers may have; the others only stand beside them in videos and among stray likes. */
  readonly likeable?: readonly Interest[];
  /** In training: some of the videos show beside the viewer's interests only such as are easily taken for them. */
  readonly lookAlikes?: LookAlikes;
}

/** Interests that are hard to tell apart. */
export interface LookAlikes {
  /** Share of the videos that are made of them, 0..1. */
  readonly share: number;
  /** How many of the nearest interests such a video is made of. */
  readonly among: number;
  /** By interest id: the ids of the other interests, the one that looks most alike first. */
  readonly nearest: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes viewers and videos of a world. Equal arguments give equal episodes, and more of them never change the first ones.
 * The interests take turns at being the one that a hit shows.
 *
 * @param interests of one collection; histories and videos mix no others
 * @param seed      whole number
 * @param name      the collection's name, so that two collections' viewers differ
 * @throws PhotosError where the interests cannot make a video of this world
 */
export function composeEpisodes(
  interests: readonly Interest[],
  world: World,
  count: number,
  seed: number,
  name = "",
  wish: ViewerWish = {},
): Episode[] {
  const { likeable = interests } = wish;
  const random = seededRandom(seed, name, world, "interests in turn");
  const enough = random.shuffle(likeable.filter((interest) => canBeShown(interest, world)));
  return Array.from({ length: count }, (_, n) => {
    const target = enough[n % enough.length];
    const own = seededRandom(seed, name, world, n);
    const viewer = `${name}/${world}/${n}`;
    const episode =
      target &&
      (world === "W0" ? composeNoSignal(own, interests, viewer) : compose(own, interests, target, world, viewer, wish));
    if (!episode) throw tooFew(interests, world, name);
    return episode;
  });
}

/** A video and likes that have nothing to do with each other, and a good frame drawn by lot. */
function composeNoSignal(random: Random, interests: readonly Interest[], viewer: string): Episode | undefined {
  const scenes = composeVideo(random, { shown: [], others: interests, reserved: () => 0, shortestScene: 1 });
  if (!scenes) return undefined;
  const history = new UnusedPhotos(random, photosOf(scenes)).takeAny(interests, RANDOM_LIKES);
  const { frames, sceneOf } = lineUp(scenes);
  const winner = random.below(frames.length);
  const shown = scenes[sceneOf[winner] ?? 0]?.interest.id ?? "";
  return {
    world: "W0",
    viewer,
    cluster: shown,
    history: history.map(clean),
    frames: frames.map(clean),
    scenes: sceneOf,
    right: frames.map((_, i) => i === winner),
    category: shown,
  };
}

function compose(
  random: Random,
  interests: readonly Interest[],
  target: Interest,
  world: Exclude<World, "W0">,
  viewer: string,
  { thinned = 0, likeable = interests, lookAlikes }: ViewerWish,
): Episode | undefined {
  const recipe = RECIPES[world];
  const targetPlace = recipe.shown.at(-1) ?? 0;
  const liked = random.shuffle(likeable.filter((interest) => interest !== target)).slice(0, recipe.likes.length - 1);
  liked.splice(targetPlace, 0, target);
  const others = interests.filter((interest) => !liked.includes(interest));

  const videoOf = (beside: readonly Interest[]) =>
    composeVideo(random, {
      shown: recipe.shown.flatMap((place) => liked[place] ?? []),
      others: beside,
      reserved: (interest) => reservedFor(interest, recipe.likes[liked.indexOf(interest)] ?? 0),
      shortestScene: recipe.halfDegraded ? 2 : 1,
    });
  const alike = lookAlikes && random.fraction() < lookAlikes.share ? nearestOf(target, others, lookAlikes) : [];
  // Few interests of few photos may be too few for a video by themselves.
  const scenes = (alike.length > 0 ? videoOf(alike) : undefined) ?? videoOf(others);
  if (!scenes || liked.length < recipe.likes.length) return undefined;

  const unused = new UnusedPhotos(random, photosOf(scenes));
  const likes = recipe.likes.reduce((sum, n) => sum + n, 0);
  const parts =
    recipe.order === "mixed"
      ? [composeMixedHistory(random, unused, likes, liked, others)]
      : liked.map((interest, i) => unused.take(interest, recipe.likes[i] ?? 0));
  const history = (
    thinned > 0 && random.fraction() < thinned ? parts.map((part) => thinOut(random, part)) : parts
  ).flat();

  const { frames, sceneOf } = lineUp(scenes);
  const refs = recipe.halfDegraded ? degradeHalfOfEach(random, scenes) : frames.map(clean);
  return {
    world,
    viewer,
    cluster: target.id,
    history: history.map(clean),
    frames: refs,
    scenes: sceneOf,
    right: refs.map(({ degradation }, i) => degradation === "none" && scenes[sceneOf[i] ?? -1]?.interest === target),
    category: target.id,
  };
}

/** Those of the interests that look most like the target. */
function nearestOf(target: Interest, others: readonly Interest[], { nearest, among }: LookAlikes): Interest[] {
  const byId = new Map(others.map((interest) => [interest.id, interest]));
  return (nearest.get(target.id) ?? []).flatMap((id) => byId.get(id) ?? []).slice(0, among);
}

/** In every scene alike, or a half-degraded scene would give the viewer's interest away. Of an odd scene, by lot. */
function degradeHalfOfEach(random: Random, scenes: readonly Scene[]): PhotoRef[] {
  return scenes.flatMap(({ photos }) => {
    const half = Math.floor(photos.length / 2 + random.below(2) * 0.5);
    const spoiled = new Set(random.shuffle(photos).slice(0, half));
    return photos.map((photo) =>
      spoiled.has(photo) ? { photo, degradation: degradationOf(photo.hash) } : clean(photo),
    );
  });
}

/** A history never gets less than half of a small interest's photos. */
function reservedFor(interest: Interest, likes: number): number {
  return Math.min(likes, Math.max(1, Math.floor(interest.photos.length / 2)));
}

function canBeShown(interest: Interest, world: World): boolean {
  return interest.photos.length >= (world === "W5" ? 3 : 2);
}

function clean(photo: Photo): PhotoRef {
  return { photo, degradation: "none" };
}

function photosOf(scenes: readonly Scene[]): Photo[] {
  return scenes.flatMap(({ photos }) => photos);
}

function lineUp(scenes: readonly Scene[]): { frames: Photo[]; sceneOf: number[] } {
  return { frames: photosOf(scenes), sceneOf: scenes.flatMap(({ photos }, scene) => photos.map(() => scene)) };
}

function tooFew(interests: readonly Interest[], world: World, name: string): PhotosError {
  const sizes = interests.map(({ photos }) => photos.length);
  const largest = Math.max(0, ...sizes);
  return new PhotosError(
    `${name || "The folder"} has too few photos for ${world}: ${interests.length} interests of at most ${largest} photos cannot make a video of 16 frames and a history beside it.`,
  );
}
