import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packFeature } from "../../apps/api/src/image/feature-bytes.js";
import { chooseCover, recordLikedImage } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import type { PhotoName } from "./material.fixture.js";
import { storeVideos, storeViewer, storeViews, type StoredPicture } from "./stored-catalogue.fixture.js";

const FILM = ["locomotion-house-cat", "black-canyon", "nagasaki-boats", "allium-oreophilum"] as const;

let service: TestService;
/** Calls of the scorer: `why` must cost none unless it is asked for, and one for all its images. */
let scored: number[];
const views = new Map<PhotoName, readonly StoredPicture[]>();
const client = () => service.client;
const viewsOf = (name: PhotoName): readonly StoredPicture[] => views.get(name) ?? [];
const like = (name: PhotoName, view: number): StoredPicture => {
  const picture = viewsOf(name)[view];
  if (picture === undefined) throw new RangeError(`There is no view ${view} of ${name}.`);
  return picture;
};

beforeAll(async () => {
  scored = [];
  service = await startTestService({}, ({ encoder, scorer }) => ({
    encoder,
    scorer: {
      engine: scorer.engine,
      modelVersion: scorer.modelVersion,
      encoderVersion: scorer.encoderVersion,
      describeHistories: (histories) => scorer.describeHistories(histories),
      scoreFrames: (requests) => {
        scored.push(requests.length);
        return scorer.scoreFrames(requests);
      },
      dispose: () => scorer.dispose(),
    },
  }));
  for (const name of [...FILM, "airplane-from-above"] as const) {
    views.set(name, await storeViews(service.prisma, service.models.encoder, name, 6));
  }
  const frames = FILM.map((name) => like(name, 0));
  await storeVideos(service.prisma, new Map(["film", "other film"].map((id) => [id, frames])));
});
afterAll(() => service.close());

interface Why {
  readonly shot: number;
  readonly quality: { readonly score: number; readonly sharpness: number };
  readonly contributions:
    | {
        readonly likedImage: { readonly id: string; readonly image: { readonly url: string } };
        readonly probabilityFall: number;
      }[]
    | null;
}

interface ExplainedCover {
  readonly basis: string;
  readonly probability: number;
  readonly frame: { readonly id: string; readonly index: number; readonly shot: number };
  readonly why: Why;
}

const EXPLAINED = `{ basis probability frame { id index shot }
  why { shot quality { score sharpness } contributions { probabilityFall likedImage { id image { url } } } } }`;

async function explain(userId: string, videoIds: readonly string[] = ["film"]): Promise<readonly ExplainedCover[]> {
  const query = `query Why($userId: ID!, $videoIds: [ID!]!) {
    personalizedCovers(userId: $userId, videoIds: $videoIds) { ... on PersonalizedCover ${EXPLAINED} } }`;
  const { personalizedCovers } = await client().get<{ personalizedCovers: ExplainedCover[] }>(query, {
    userId,
    videoIds,
  });
  return personalizedCovers;
}

/** How much each like's absence costs the frame, by its picture's hash. */
function fallsOf({ why }: ExplainedCover): Map<string, number> {
  const entries = why.contributions?.map(({ likedImage, probabilityFall }) => {
    return [likedImage.image.url.split("/").at(-1) ?? "", probabilityFall] as const;
  });
  return new Map(entries);
}

async function first(covers: Promise<readonly ExplainedCover[]>): Promise<ExplainedCover> {
  const [cover] = await covers;
  if (cover === undefined) throw new Error("There is no cover.");
  return cover;
}

/** The probability of a frame, asked of the package directly. */
async function rescore(history: readonly StoredPicture[], frame: number): Promise<number> {
  const [description] = await service.models.scorer.describeHistories([history.map(({ feature }) => feature)]);
  if (description === undefined) throw new Error("There is no description.");
  const frames = FILM.map((name) => like(name, 0).feature);
  const [scores] = await service.models.scorer.scoreFrames([{ frames, description }]);
  return scores?.probabilities[frame] ?? NaN;
}

describe("of a viewer with two tastes", () => {
  const history = () => [
    ...[like("locomotion-house-cat", 2), like("airplane-from-above", 1)],
    ...[like("locomotion-house-cat", 3), like("nagasaki-boats", 4), like("locomotion-house-cat", 5)],
  ];
  beforeAll(() => storeViewer(service.prisma, "two tastes", history()));

  test("every like is told of with what its absence costs, exactly as scoring anew without it finds", async () => {
    const cover = await first(explain("two tastes"));
    expect(cover).toMatchObject({ basis: "PERSONALIZED", frame: { index: 0 } });
    const falls = fallsOf(cover);
    expect(falls.size).toBe(history().length);
    for (const [place, { hash }] of history().entries()) {
      const left = await rescore(history().toSpliced(place, 1), 0);
      expect(falls.get(hash)).toBeCloseTo(cover.probability - left, 5);
    }
  });

  test("the likes of what the frame shows speak for it most, and they come first", async () => {
    const { why } = await first(explain("two tastes"));
    const falls = why.contributions?.map(({ probabilityFall }) => probabilityFall) ?? [];
    expect(falls).toEqual(falls.toSorted((a, b) => b - a));
    const cats = viewsOf("locomotion-house-cat").map(({ hash }) => hash);
    const [strongest] = why.contributions ?? [];
    expect(cats).toContain(strongest?.likedImage.image.url.split("/").at(-1));
    expect(strongest?.probabilityFall).toBeGreaterThan(0);
  });

  test("the like of something else that the film shows speaks against the frame", async () => {
    const falls = fallsOf(await first(explain("two tastes")));
    expect(falls.get(like("nagasaki-boats", 4).hash)).toBeLessThan(0);
  });
});

test("of the only like the absence is told against a viewer who likes nothing", async () => {
  await storeViewer(service.prisma, "one like", [like("black-canyon", 3)]);
  const cover = await first(explain("one like"));
  const newcomer = await chooseCover(client(), "film", "nobody");
  const byQuality = newcomer.candidates.find(({ frame }) => frame.id === cover.frame.id)?.probability ?? NaN;
  expect(cover.why.contributions).toHaveLength(1);
  expect(cover.why.contributions?.[0]?.probabilityFall).toBeCloseTo(cover.probability - byQuality, 5);
});

test("the frame's quality and shot are told, and of a cover by quality no contribution", async () => {
  const cover = await first(explain("nobody"));
  expect(cover).toMatchObject({ basis: "QUALITY", why: { contributions: [], shot: cover.frame.shot } });
  expect(cover.why.quality).toEqual({ score: 0.9, sharpness: 0.01 });
});

test("of more likes than decide, the fifty newest are told of, in one call of the scorer for each video", async () => {
  // Pictures without an interest of their own: what counts here is how many there are.
  const feature = like("black-canyon", 0).feature;
  const likes = Array.from({ length: 53 }, (_, number) => Uint8Array.of(1, number));
  const stored = await Promise.all(likes.map((bytes) => storeNoise(bytes, feature)));
  await storeViewer(service.prisma, "many likes", stored);
  await explainNothing("many likes");
  scored.length = 0;
  const [cover, other] = await explain("many likes", ["film", "other film"]);
  expect(scored).toEqual([51, 51]);
  expect(other?.why.contributions).toHaveLength(50);
  const told = cover === undefined ? [] : [...fallsOf(cover).keys()];
  expect(new Set(told)).toEqual(new Set(stored.slice(3).map(({ hash }) => hash)));
});

test("who does not ask why pays nothing for it", async () => {
  await explainNothing("two tastes");
  scored.length = 0;
  await explainNothing("two tastes");
  const query = `{ personalizedCover(videoId: "film", userId: "two tastes") { why { shot quality { score } } } }`;
  expect(await client().get(query)).toEqual({ personalizedCover: { why: { shot: 0, quality: { score: 0.9 } } } });
  expect(scored).toEqual([]);
});

test("a like changes what is told", async () => {
  await storeViewer(service.prisma, "changing", [like("locomotion-house-cat", 1)]);
  expect(fallsOf(await first(explain("changing"))).size).toBe(1);
  const frameId = (await chooseCover(client(), "film", "changing")).frame.id;
  const { userErrors } = await recordLikedImage(client(), { userId: "changing", source: { frameId } });
  expect(userErrors).toEqual([]);
  expect(fallsOf(await first(explain("changing"))).size).toBe(2);
});

test("of a stored decision one of whose likes was removed the contributions are null, and the rest is told", async () => {
  await storeViewer(service.prisma, "regretful", [like("locomotion-house-cat", 1), like("nagasaki-boats", 1)]);
  const [contribution] = (await first(explain("regretful"))).why.contributions ?? [];
  const remove = `mutation ($input: RemoveLikedImageInput!) { removeLikedImage(input: $input) { userErrors { code } } }`;
  await client().get(remove, { input: { userId: "regretful", likedImageId: contribution?.likedImage.id } });
  const query = `{ viewer(id: "regretful") { decisions { nodes ${EXPLAINED} } } }`;
  const { viewer } = await client().get<{ viewer: { decisions: { nodes: ExplainedCover[] } } }>(query);
  expect(viewer.decisions.nodes).toMatchObject([
    { basis: "PERSONALIZED", why: { shot: 0, quality: { score: 0.9 }, contributions: null } },
  ]);
});

async function explainNothing(userId: string): Promise<void> {
  await client().get(
    `query Page($userId: ID!) {
    personalizedCovers(userId: $userId, videoIds: ["film", "other film"]) { __typename } }`,
    { userId },
  );
}

/** A picture of a byte or two, said to have a feature nearly like another. */
async function storeNoise(bytes: Uint8Array<ArrayBuffer>, feature: Float32Array): Promise<StoredPicture> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  const facts = { mime: "image/jpeg", sizeBytes: bytes.length, width: 1, height: 1 };
  await service.prisma.image.create({ data: { hash, bytes, ...facts } });
  const vector = packFeature(feature);
  await service.prisma.feature.create({
    data: { imageHash: hash, encoderVersion: service.models.encoder.version, vector },
  });
  return { hash, feature };
}
