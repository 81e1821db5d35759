import type { Interest, Photo } from "../photos/photo.js";
import type { Random } from "../random.js";

export const FRAMES = 16;
const SCENES = { fewest: 5, most: 8 };
const LONGEST_SCENE = 4;
/** Draws of scenes before a folder is said to be too small. */
const TRIES = 40;

export interface Scene {
  readonly interest: Interest;
  readonly photos: readonly Photo[];
}

export interface VideoWish {
  /** Each is one scene of the video, and no other scene shows it. */
  readonly shown: readonly Interest[];
  /** What the other scenes may show. */
  readonly others: readonly Interest[];
  /** Photos of a shown interest that must stay unused, for the history. */
  readonly reserved: (interest: Interest) => number;
  readonly shortestScene: number;
}

/** 16 photos in 5 to 8 scenes of 1 to 4, in random order, no photo twice; nothing where the photos do not suffice. */
export function composeVideo(random: Random, wish: VideoWish): Scene[] | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const interests = drawInterests(random, wish);
    const lengths = drawLengths(random, interests, wish);
    if (lengths) return random.shuffle(fillScenes(random, interests, lengths));
  }
  return undefined;
}

/** Other interests appear a second time only after each has appeared once. */
function drawInterests(random: Random, { shown, others }: VideoWish): Interest[] {
  const interests = [...shown];
  const scenes = SCENES.fewest + random.below(SCENES.most - SCENES.fewest + 1);
  while (interests.length < scenes && others.length > 0) {
    interests.push(...random.shuffle(others).slice(0, scenes - interests.length));
  }
  return interests;
}

/** Every scene has its shortest length; what is left goes frame by frame to a random scene that can take it. */
function drawLengths(random: Random, interests: readonly Interest[], wish: VideoWish): number[] | undefined {
  if (interests.length < SCENES.fewest) return undefined;
  const lengths = interests.map(() => wish.shortestScene);
  const left = new Map<Interest, number>();
  for (const interest of interests) {
    const kept = wish.shown.includes(interest) ? wish.reserved(interest) : 0;
    const before = left.get(interest) ?? interest.photos.length - kept;
    if (before < wish.shortestScene) return undefined;
    left.set(interest, before - wish.shortestScene);
  }
  for (let frames = interests.length * wish.shortestScene; frames < FRAMES; frames++) {
    const growing = interests
      .map((interest, scene) => ({ interest, scene, length: lengths[scene] ?? 0, spare: left.get(interest) ?? 0 }))
      .filter(({ length, spare }) => length < LONGEST_SCENE && spare > 0);
    if (growing.length === 0) return undefined;
    const { interest, scene, length, spare } = random.pick(growing);
    lengths[scene] = length + 1;
    left.set(interest, spare - 1);
  }
  return lengths;
}

function fillScenes(random: Random, interests: readonly Interest[], lengths: readonly number[]): Scene[] {
  const unused = new Map([...new Set(interests)].map((interest) => [interest, random.shuffle(interest.photos)]));
  return interests.map((interest, i) => ({ interest, photos: unused.get(interest)?.splice(0, lengths[i]) ?? [] }));
}
