import { measureQuality } from "@facet/frame-extraction";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { composeEpisodes } from "../episodes/compose-episodes.js";
import { WORLDS, type Episode, type PhotoRef, type World } from "../episodes/episode.js";
import type { PhotoFacts } from "../features/photo-library.js";
import { learnedMethod } from "../methods/learned-method.js";
import type { Method } from "../methods/method.js";
import { nameInterests } from "../photos/interests.fixture.js";
import { seededRandom } from "../random.js";
import { judgeMethods, type KnownPhotos } from "./judge-methods.js";
import { methodsToJudge } from "./methods-to-judge.js";
import { summariseWorld } from "./summarise-world.js";

const WIDTH = 672;
const VIEWERS = 200;
const SIDE = 24;

/** Photos of an interest lie around a middle of its own; what is fitted on some tells others apart. */
class DrawnPhotos implements KnownPhotos {
  readonly #facts = new Map<string, PhotoFacts>();
  readonly opponent = { feature: (ref: PhotoRef) => this.get(ref).feature };

  get({ photo, degradation }: PhotoRef): PhotoFacts {
    const known = this.#facts.get(`${photo.hash} ${degradation}`);
    if (known) return known;
    const middle = drawNumbers("middle", photo.name.split("/")[0] ?? "");
    const own = drawNumbers("own", photo.hash, degradation);
    const facts = {
      feature: middle.map((x, d) => x + (own[d] ?? 0)),
      unsafeScore: 0,
      quality: measureQuality(drawPicture(photo.hash, degradation), SIDE, SIDE),
    };
    this.#facts.set(`${photo.hash} ${degradation}`, facts);
    return facts;
  }

  histogram({ photo }: PhotoRef): Float32Array {
    return drawNumbers("histogram", photo.hash).subarray(0, 96).map(Math.abs);
  }
}

function drawNumbers(...seed: string[]): Float32Array {
  const random = seededRandom(...seed);
  return Float32Array.from({ length: WIDTH }, () => (random.fraction() - 0.5) / 8);
}

/** Patches of noise, some darker than others. */
function drawPicture(...seed: string[]): Uint8Array {
  const random = seededRandom("picture", ...seed);
  const most = 40 + random.below(216);
  return Uint8Array.from({ length: 3 * SIDE * SIDE }, () => random.below(most));
}

const judged = nameInterests(16, 14, "judged");
const fitOn = [
  { name: "fitted", interests: nameInterests(8, 6, "fitted").map((i) => ({ ...i, label: `f-${i.label}` })) },
];
const photos = new DrawnPhotos();
let scorer: InterestAttentionScorer;
let methods: readonly Method[];

beforeAll(async () => {
  await chooseBackend();
  scorer = await InterestAttentionScorer.load();
  methods = methodsToJudge(fitOn, photos, [learnedMethod("shipped", "shipped", scorer)]);
});

afterAll(() => {
  scorer.dispose();
});

const compose = (world: World): Episode[] => composeEpisodes(judged, world, VIEWERS, 5, "judged");

test("the drawn photos can be told apart: with a signal, every method that looks at likes is far above chance", async () => {
  const { results } = summariseWorld(await judgeMethods("W1", compose("W1"), methods, photos), 1);
  const above = results.filter(({ hitAt1 }) => hitAt1.low > 0.3).map(({ method }) => method);
  expect(above).toEqual(expect.arrayContaining(["raw-mean", "lda-mean", "lda448-tuned", "shipped", "oracle"]));
});

test("in a world without a signal no method is above chance", async () => {
  const { results } = summariseWorld(await judgeMethods("W0", compose("W0"), methods, photos), 1);
  expect(results.length).toBeGreaterThan(20);
  for (const { method, kind, hitAt1 } of results) {
    if (kind !== "oracle") expect(hitAt1.low, method).toBeLessThanOrEqual(1 / 16);
  }
});

test("without a like, every method that rests on likes ranks exactly as quality does", async () => {
  const world = await judgeMethods("W6-0", compose("W6-0"), methods, photos);
  const quality = world.methods.find(({ method }) => method.id === "quality");
  const resting = world.methods.filter(({ method }) => method.family === "cosine" || method.family === "scorer");
  expect(resting.map(({ method }) => method.id)).toContain("shipped");
  for (const { method, hits, mrr, ndcg5 } of resting) {
    expect({ hits, mrr, ndcg5 }, method.id).toEqual({ hits: quality?.hits, mrr: quality?.mrr, ndcg5: quality?.ndcg5 });
  }
});

describe("no photo is both liked and shown", () => {
  test.each(WORLDS)("in %s", (world) => {
    for (const { history, frames } of compose(world)) {
      const shown = new Set(frames.map(({ photo }) => photo.hash));
      expect(history.filter(({ photo }) => shown.has(photo.hash))).toEqual([]);
    }
  });
});
