import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "./index.js";
import { hasStatement, SchemaEngine } from "./schema-engine.js";
import { openTestDatabase } from "./test-database.fixture.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("the migrations lead to the schema, and to nothing else", async () => {
  const sql = await SchemaEngine.use(database.connectionString, (engine) => engine.diffMigrationsToSchema());
  expect(hasStatement(sql) ? sql : "").toBe("");
});

/** An image that no other test has. */
async function makeImage(): Promise<string> {
  const bytes = Buffer.from(randomUUID());
  const hash = createHash("sha256").update(bytes).digest("hex");
  await database.prisma.image.create({
    data: { hash, mime: "image/jpeg", sizeBytes: bytes.length, width: 2, height: 2, bytes },
  });
  await database.prisma.feature.create({ data: { imageHash: hash, encoderVersion: "e1", vector: Buffer.alloc(8) } });
  return hash;
}

const MEASURES = {
  ...{ brightness: 0.5, contrast: 0.2, sharpness: 0.01, uniformity: 0.1, colourfulness: 0.2 },
  ...{ clipping: 0, noise: 0.005, smear: 0.1, detail: 0.9, text: 0, steadiness: 1 },
  ...{ qualityScore: 0.5, unsafeScore: 0 },
};

async function makeVideo(...imageHashes: string[]): Promise<{ id: string; frameIds: string[] }> {
  const id = randomUUID();
  const frames = imageHashes.map((imageHash, index) => ({
    index,
    timestampMs: index,
    shot: 0,
    imageHash,
    ...MEASURES,
  }));
  const video = await database.prisma.video.create({
    data: { id, sourceKind: "PATH", sourceRef: "a.mp4", frames: { create: frames } },
    include: { frames: { orderBy: { index: "asc" } } },
  });
  return { id, frameIds: video.frames.map((frame) => frame.id) };
}

async function makeViewer(...imageHashes: string[]): Promise<string> {
  const id = randomUUID();
  const likes = imageHashes.map((imageHash) => ({ imageHash, sourceKind: "BASE64" as const, likedAt: new Date() }));
  await database.prisma.viewer.create({ data: { id, likes: { create: likes } } });
  return id;
}

function decisionOf(userId: string, videoId: string, frameId: string) {
  return {
    ...{ userId, videoId, frameId, basis: "PERSONALIZED" as const, reason: "SCORED" as const, probability: 0.75 },
    ...{ candidateIds: [frameId, randomUUID()], probabilities: [0.75, 0.25], interestWeights: [0.5, -0.5] },
    ...{ modelVersion: "m1", historyVersion: 1, videoRevision: 1, rulesRevision: 0 },
  };
}

/** What is left of one video, one viewer and their images. */
async function countRows(videoId: string, userId: string, hashes: readonly string[]) {
  const { prisma } = database;
  return {
    videos: await prisma.video.count({ where: { id: videoId } }),
    frames: await prisma.candidateFrame.count({ where: { videoId } }),
    viewers: await prisma.viewer.count({ where: { id: userId } }),
    likes: await prisma.likedImage.count({ where: { userId } }),
    decisions: await prisma.coverDecision.count({ where: { OR: [{ videoId }, { userId }] } }),
    images: await prisma.image.count({ where: { hash: { in: [...hashes] } } }),
    features: await prisma.feature.count({ where: { imageHash: { in: [...hashes] } } }),
  };
}

describe("what is deleted", () => {
  test("a video leaves nothing behind but the images that others use", async () => {
    const [own, shared] = [await makeImage(), await makeImage()];
    const video = await makeVideo(own, shared);
    const viewer = await makeViewer(shared);
    await database.prisma.coverDecision.create({ data: decisionOf(viewer, video.id, video.frameIds[0] ?? "") });

    await database.prisma.video.delete({ where: { id: video.id } });
    const left = { videos: 0, frames: 0, viewers: 1, likes: 1, decisions: 0, images: 1, features: 1 };
    expect(await countRows(video.id, viewer, [own, shared])).toEqual(left);

    await database.prisma.viewer.delete({ where: { id: viewer } });
    const nothing = { videos: 0, frames: 0, viewers: 0, likes: 0, decisions: 0, images: 0, features: 0 };
    expect(await countRows(video.id, viewer, [own, shared])).toEqual(nothing);
  });

  test("an image in use cannot be deleted", async () => {
    const image = await makeImage();
    await makeVideo(image);
    await expect(database.prisma.image.delete({ where: { hash: image } })).rejects.toMatchObject({ code: "P2003" });
  });

  test("frames replaced by others of the same image keep it", async () => {
    const image = await makeImage();
    const { id } = await makeVideo(image);
    await database.prisma.$transaction([
      database.prisma.candidateFrame.deleteMany({ where: { videoId: id } }),
      database.prisma.candidateFrame.create({
        data: { videoId: id, index: 5, timestampMs: 5, shot: 0, imageHash: image, ...MEASURES },
      }),
    ]);
    expect(await database.prisma.image.count({ where: { hash: image } })).toBe(1);
  });
});

describe("what is refused", () => {
  test("a second decision of one scope", async () => {
    const video = await makeVideo(await makeImage());
    const data = decisionOf(await makeViewer(), video.id, video.frameIds[0] ?? "");
    await database.prisma.coverDecision.create({ data });
    await expect(database.prisma.coverDecision.create({ data })).rejects.toMatchObject({ code: "P2002" });
    for (const change of [{ modelVersion: "m2" }, { historyVersion: 2 }, { videoRevision: 2 }, { rulesRevision: 1 }]) {
      await database.prisma.coverDecision.create({ data: { ...data, ...change } });
    }
  });

  test("a decision for a frame of another video", async () => {
    const [video, other] = [await makeVideo(await makeImage()), await makeVideo(await makeImage())];
    const data = decisionOf(await makeViewer(), video.id, other.frameIds[0] ?? "");
    await expect(database.prisma.coverDecision.create({ data })).rejects.toMatchObject({ code: "P2003" });
  });

  test.each([
    ["a probability over 1", { probability: 1.01 }],
    ["a candidate's probability under 0", { probabilities: [1, -0.01] }],
    ["fewer weights than candidates", { interestWeights: [0.5] }],
    ["a cover that was no candidate", { candidateIds: [randomUUID(), randomUUID()] }],
    ["no propensity", { propensity: 0 }],
    ["a fallback", { basis: "QUALITY" as const, reason: "TIME_BUDGET" as const }],
    ["a reason of another basis", { basis: "QUALITY" as const }],
  ])("a decision with %s", async (_what, fault) => {
    const video = await makeVideo(await makeImage());
    const data = { ...decisionOf(await makeViewer(), video.id, video.frameIds[0] ?? ""), ...fault };
    await expect(database.prisma.coverDecision.create({ data })).rejects.toThrow("cover_decision_");
  });

  test.each(["", "x".repeat(129), "a\nb", "a\u007fb"])("the id %j", async (id) => {
    await expect(database.prisma.viewer.create({ data: { id } })).rejects.toThrow("viewer_id_is_callers_id");
    const data = { id, sourceKind: "PATH" as const, sourceRef: "a.mp4" };
    await expect(database.prisma.video.create({ data })).rejects.toThrow("video_id_is_callers_id");
  });

  test("bytes under a hash that is not theirs", async () => {
    const data = { hash: "0".repeat(64), mime: "image/png", sizeBytes: 1, width: 1, height: 1, bytes: Buffer.of(7) };
    await expect(database.prisma.image.create({ data })).rejects.toThrow("image_hash_is_of_bytes");
  });

  test("a video that is ready without its facts, or failed without a reason", async () => {
    const { id } = await makeVideo();
    const become = (data: { status: "READY" | "FAILED" }) => database.prisma.video.update({ where: { id }, data });
    await expect(become({ status: "READY" })).rejects.toThrow("video_ready_is_whole");
    await expect(become({ status: "FAILED" })).rejects.toThrow("video_failed_has_reason");
  });
});
