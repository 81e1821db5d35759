import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashUserId } from "../audit/hash-user-id.js";
import { storeFrames } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import type { FrameRuling, Prisma } from "../generated/prisma/client.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function makeVideo(frames: number): Promise<{ readonly videoId: string; readonly frameIds: string[] }> {
  const videoId = randomUUID();
  return { videoId, frameIds: (await storeFrames(database.prisma, videoId, frames)).map(({ id }) => id) };
}

const rule = (id: string, ruling: FrameRuling) =>
  database.prisma.candidateFrame.update({ where: { id }, data: { ruling } });

test("the database holds one pin for a video", async () => {
  const [{ frameIds }, other] = [await makeVideo(2), await makeVideo(1)];
  await rule(frameIds[0] ?? "", "PINNED");
  await rule(other.frameIds[0] ?? "", "PINNED");
  await expect(rule(frameIds[1] ?? "", "PINNED")).rejects.toMatchObject({ code: "P2002" });
});

test("the database leaves a video one frame that is not banned", async () => {
  const { videoId, frameIds } = await makeVideo(2);
  await rule(frameIds[0] ?? "", "BANNED");
  await expect(rule(frameIds[1] ?? "", "BANNED")).rejects.toThrow("candidate_frame_not_all_banned");
  const all = database.prisma.candidateFrame.updateMany({ where: { videoId }, data: { ruling: "BANNED" } });
  await expect(all).rejects.toThrow("candidate_frame_not_all_banned");
});

test("of bans at the same moment the database refuses the one too many, whoever asks", async () => {
  for (let round = 0; round < 5; round++) {
    const { videoId, frameIds } = await makeVideo(4);
    const bans = await Promise.allSettled(frameIds.map((id) => rule(id, "BANNED")));
    expect(bans.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await database.prisma.candidateFrame.count({ where: { videoId, ruling: "NONE" } })).toBe(1);
  }
});

test("rulings go with the frames, and the video may be deleted whatever was said", async () => {
  const { videoId, frameIds } = await makeVideo(2);
  await rule(frameIds[0] ?? "", "BANNED");
  await rule(frameIds[1] ?? "", "PINNED");
  await database.prisma.video.delete({ where: { id: videoId } });
  expect(await database.prisma.candidateFrame.count({ where: { videoId } })).toBe(0);
});

const event: Prisma.AuditEventCreateManyInput = {
  ...{ action: "SET_VIEWER_OPT_OUT", keyId: randomUUID(), keyName: "a key" },
  ...{ userId: "ann", userHash: hashUserId("ann"), before: {}, after: {} },
};
const ofVideo = { userId: null, userHash: null, videoId: "film" };

test.each<[name: string, fault: Partial<Prisma.AuditEventCreateManyInput>]>([
  ["of a viewer without the viewer", { userId: null, userHash: null }],
  ["of a viewer and a video", { videoId: "film" }],
  ["of a frame without the frame", { ...ofVideo, action: "BAN_FRAME" }],
  ["of a video with a viewer", { videoId: "film", action: "DELETE_VIDEO" }],
  ["under the hash of another viewer", { userHash: hashUserId("bob") }],
  ["under a hash that is none", { userId: null, userHash: "x".repeat(64) }],
  ["of a deleted viewer by its name", { action: "DELETE_VIEWER" }],
  ["of a change that is no object", { before: [] }],
])("the database refuses an event %s", async (_name, fault) => {
  await expect(database.prisma.auditEvent.createMany({ data: { ...event, ...fault } })).rejects.toThrow("audit_event_");
});

test("the database takes events that fit", async () => {
  const frame = { ...ofVideo, frameId: randomUUID() };
  const data = [
    event,
    { ...event, ...ofVideo, action: "DELETE_VIDEO" as const },
    { ...event, ...frame, action: "BAN_FRAME" as const },
  ];
  expect(await database.prisma.auditEvent.createMany({ data })).toEqual({ count: 3 });
});
