const WORLDS: ReadonlyMap<string, readonly [title: string, about: string]> = new Map([
  ["mean5", ["Five worlds together", "The mean of W1, W2, W3, W6-1 and W6-3, each counting the same."]],
  [
    "W0",
    [
      "No signal",
      "Likes and video have nothing to do with each other, and the right frame is drawn by lot: nothing may be better than chance here, or the answers leak.",
    ],
  ],
  ["W1", ["One interest", "The viewer liked ten pictures, nine of one interest; a frame that shows it is right."]],
  [
    "W2",
    [
      "Several interests",
      "The viewer liked fifteen pictures of three interests; a frame of the one that the video has is right.",
    ],
  ],
  [
    "W3",
    [
      "Drift",
      "The viewer liked fourteen pictures of one interest and then six of another; the video has both, and a frame of the newer is right.",
    ],
  ],
  [
    "W5",
    [
      "Quality conflict",
      "As with one interest, but half of the frames of every scene are blurred, dark or blown out: a clean frame of the interest is right.",
    ],
  ],
  [
    "W6-0",
    [
      "No like yet",
      "A newcomer: there is nothing to go by but the quality of the frames, and every method that rests on likes takes the best by quality.",
    ],
  ],
  ["W6-1", ["One like", "The viewer liked one picture."]],
  ["W6-3", ["Three likes", "The viewer liked three pictures."]],
]);

const METHODS: ReadonlyMap<string, string> = new Map([
  ["random", "A frame drawn by lot: chance."],
  ["first", "The first frame."],
  ["middle", "The frame in the middle."],
  ["thumbnail", "The idea of ffmpeg's thumbnail filter: the frame with the most usual colours."],
  ["quality", "The frame of the best quality; the viewer is not looked at."],
  ["shipped", "The trained scorer that comes with Facet."],
  ["model", "The trained scorer that --model names."],
  ["literal", "The published method to the letter: features alone, and one description of the whole history."],
  ["oracle", "Knows the answer: what a perfect method would reach."],
]);

const SPACES: ReadonlyMap<string, string> = new Map([
  ["raw", "the features as the network gives them"],
  ["lda", "features under a metric that was fitted to tell other interests apart"],
  ["lda448", "the same with half of the features: the opponent that stays as it is"],
]);

const WAYS: ReadonlyMap<string, string> = new Map([
  ["mean", "mean similarity to the likes"],
  ["recency", "mean similarity, newer likes counting more"],
  ["max", "similarity to the nearest like"],
  ["attention", "soft maximum of the similarities"],
  ["mean-smooth", "mean similarity, shared between neighbouring frames that look alike"],
  ["attention-smooth", "soft maximum, shared between neighbouring frames that look alike"],
  ["tuned", "softened mean, newer likes counting more, shared between neighbouring frames"],
]);

export function titleOf(world: string): string {
  const title = WORLDS.get(world)?.[0];
  return title === undefined ? world : `${world}: ${title}`;
}

export function aboutWorld(world: string): string {
  return WORLDS.get(world)?.[1] ?? "";
}

/** Whether the method is the one that all others are compared with. */
export function isJudgedScorer(method: string): boolean {
  return method === "shipped" || method === "model";
}

/** The judged scorer in a sentence. */
export function scorerName(method: string): string {
  return method === "shipped" ? "shipped scorer" : "scorer of --model";
}

/** What a method does, in a line. */
export function aboutMethod(id: string): string {
  const known = METHODS.get(id);
  if (known !== undefined) return known;
  const [space = "", ...rest] = id.split("-");
  const [where, way] = [SPACES.get(space), WAYS.get(rest.join("-"))];
  return where !== undefined && way !== undefined
    ? `Cosine: ${way}; ${where}.`
    : "A trained scorer, given to be compared.";
}
