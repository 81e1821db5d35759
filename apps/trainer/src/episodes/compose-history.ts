import type { Interest, Photo } from "../photos/photo.js";
import type { Random } from "../random.js";

/** Share of likes that say nothing of the viewer's interests. */
const NOISE = 0.1;

/** The photos that a video left over, handed out once each. */
export class UnusedPhotos {
  readonly #random: Random;
  readonly #used: Set<string>;

  constructor(random: Random, used: Iterable<Photo>) {
    this.#random = random;
    this.#used = new Set([...used].map(({ hash }) => hash));
  }

  /** As many photos of the interest as asked for, or as are left. */
  take(interest: Interest, count: number): Photo[] {
    const left = interest.photos.filter(({ hash }) => !this.#used.has(hash));
    const taken = this.#random.shuffle(left).slice(0, count);
    for (const { hash } of taken) this.#used.add(hash);
    return taken;
  }

  /** Photos of interests drawn at random; fewer where these have no more. */
  takeAny(interests: readonly Interest[], count: number): Photo[] {
    if (interests.length === 0) return [];
    return Array.from({ length: count }, () => this.take(this.#random.pick(interests), 1)).flat();
  }
}

/** So many likes in equal parts of the liked interests, a tenth of them of anything else, in random order. */
export function composeMixedHistory(
  random: Random,
  unused: UnusedPhotos,
  likes: number,
  liked: readonly Interest[],
  others: readonly Interest[],
): Photo[] {
  const noise = Math.round(likes * NOISE);
  const parts = random.shuffle(liked).map((interest, i) => {
    const share = Math.floor((likes - noise + i) / liked.length);
    return unused.take(interest, share);
  });
  return random.shuffle([...parts.flat(), ...unused.takeAny(others, noise)]);
}

/** Likes that a history is never thinned below, where it has so many. */
const FEWEST_LIKES = 2;

/** Some of the likes, in their order: any number of them from 2 to all. */
export function thinOut(random: Random, likes: readonly Photo[]): Photo[] {
  if (likes.length <= FEWEST_LIKES) return [...likes];
  const kept = FEWEST_LIKES + random.below(likes.length - FEWEST_LIKES + 1);
  const chosen = new Set(random.shuffle(likes).slice(0, kept));
  return likes.filter((like) => chosen.has(like));
}
