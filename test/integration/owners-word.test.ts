import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { chooseCover, recordLikedImage, type Cover } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { mutate } from "./mutation.fixture.js";
import { storeVideo } from "./stored-video.fixture.js";

let service: TestService;
const client = () => service.client;
/** Of the film, by time. */
let frameIds: readonly string[];

beforeAll(async () => {
  service = await startTestService();
  frameIds = (await storeVideo(service, "film", [10, 60, 110, 160, 210])).map(({ id }) => id);
  await storeVideo(service, "other", [35, 85, 135]);
  // The last by quality: no choice by quality is one by taste.
  await recordLikedImage(client(), { userId: "ann", source: { frameId: frameOf(4) } });
});
afterAll(() => service.close());

/** Every rule of the film and every opt-out as at the beginning. */
beforeEach(async () => {
  await mutate(client(), "unpinCover", { videoId: "film" });
  for (const frameId of frameIds) await mutate(client(), "unbanFrame", { videoId: "film", frameId });
  await mutate(client(), "setVideoPersonalization", { videoId: "film", personalized: true });
  await mutate(client(), "setViewerOptOut", { userId: "ann", optedOut: false });
});

const choose = (userId: string) => chooseCover(client(), "film", userId);
const frameOf = (position: number): string => frameIds[position] ?? "";
const sum = (cover: Cover) => cover.candidates.reduce((total, candidate) => total + candidate.probability, 0);

const otherThan = (cover: Cover): string => frameIds.find((id) => id !== cover.frame.id) ?? "";

describe("a pinned frame", () => {
  test("is the cover for everyone at the next query, and says so", async () => {
    const frameId = otherThan(await choose("ann"));
    const pinned = await mutate(client(), "pinCover", { videoId: "film", frameId }, "video { id } frame { id ruling }");
    expect(pinned).toEqual({ video: { id: "film" }, frame: { id: frameId, ruling: "PINNED" }, userErrors: [] });
    for (const userId of ["ann", "newcomer"]) {
      const cover = await choose(userId);
      expect(cover).toMatchObject({ basis: "PINNED", reason: "OWNER_PINNED", frame: { id: frameId } });
      expect(cover.probability).toBe(cover.candidates.find(({ frame }) => frame.id === frameId)?.probability);
      expect(sum(cover)).toBeCloseTo(1, 6);
    }
  });

  test("is one: the next takes its place", async () => {
    await mutate(client(), "pinCover", { videoId: "film", frameId: frameOf(0) });
    await mutate(client(), "pinCover", { videoId: "film", frameId: frameOf(1) });
    expect((await choose("ann")).frame.id).toBe(frameOf(1));
    expect(await service.prisma.candidateFrame.count({ where: { ruling: "PINNED" } })).toBe(1);
    const query = `{ video(id: "film") { pinnedFrame { id } } }`;
    expect(await client().get(query)).toEqual({ video: { pinnedFrame: { id: frameOf(1) } } });
  });

  test("that is unpinned leaves the choice to the viewer's taste again", async () => {
    const before = await choose("ann");
    await mutate(client(), "pinCover", { videoId: "film", frameId: otherThan(before) });
    await choose("ann");
    const { userErrors, video } = await mutate(
      client(),
      "unpinCover",
      { videoId: "film" },
      "video { pinnedFrame { id } }",
    );
    expect([userErrors, video]).toEqual([[], { pinnedFrame: null }]);
    const after = await choose("ann");
    expect(after).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED", frame: { id: before.frame.id } });
    expect(after.decisionId).not.toBe(before.decisionId);
  });

  test("cannot be banned before it is unpinned, and stays the cover", async () => {
    await mutate(client(), "pinCover", { videoId: "film", frameId: frameOf(0) });
    const { userErrors } = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), "banFrame", { videoId: "film", frameId: frameOf(0) }),
    );
    expect(userErrors).toMatchObject([{ code: "FRAME_PINNED", field: "frameId" }]);
    expect((await choose("ann")).frame.id).toBe(frameOf(0));
  });
});

describe("a banned frame", () => {
  test("is no cover and no candidate, from the next query on", async () => {
    const before = await choose("ann");
    const input = { videoId: "film", frameId: before.frame.id };
    expect(await mutate(client(), "banFrame", input, "frame { ruling }")).toMatchObject({
      frame: { ruling: "BANNED" },
    });
    for (const userId of ["ann", "newcomer"]) {
      const cover = await choose(userId);
      const ids = cover.candidates.map(({ frame }) => frame.id);
      expect(ids).toHaveLength(frameIds.length - 1);
      expect(ids).not.toContain(before.frame.id);
      expect(cover.frame.id).not.toBe(before.frame.id);
      expect(sum(cover)).toBeCloseTo(1, 6);
    }
  });

  test("is a candidate again when it is unbanned", async () => {
    const before = await choose("ann");
    await mutate(client(), "banFrame", { videoId: "film", frameId: before.frame.id });
    await choose("ann");
    const input = { videoId: "film", frameId: before.frame.id };
    expect(await mutate(client(), "unbanFrame", input, "frame { ruling }")).toMatchObject({
      frame: { ruling: "NONE" },
    });
    expect((await choose("ann")).frame.id).toBe(before.frame.id);
  });

  test("cannot be pinned", async () => {
    await mutate(client(), "banFrame", { videoId: "film", frameId: frameOf(0) });
    const { userErrors, frame } = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), "pinCover", { videoId: "film", frameId: frameOf(0) }, "frame { id }"),
    );
    expect(userErrors).toMatchObject([{ code: "FRAME_BANNED", field: "frameId" }]);
    expect(frame).toBeNull();
  });

  test("may be every one but the last", async () => {
    const [last, ...others] = frameIds;
    for (const frameId of others) {
      expect((await mutate(client(), "banFrame", { videoId: "film", frameId })).userErrors).toEqual([]);
    }
    const { userErrors } = await leavingDatabaseAsItWas(service, () =>
      mutate(client(), "banFrame", { videoId: "film", frameId: last }),
    );
    expect(userErrors).toMatchObject([{ code: "EVERY_FRAME_BANNED", field: "frameId" }]);
    const cover = await choose("ann");
    expect([cover.frame.id, cover.probability]).toEqual([last, 1]);
  });

  test("is not every one, however many bans come at once", async () => {
    const payloads = await Promise.all(
      frameIds.map((frameId) => mutate(client(), "banFrame", { videoId: "film", frameId })),
    );
    const codes = payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toEqual(["EVERY_FRAME_BANNED"]);
    expect(await service.prisma.candidateFrame.count({ where: { videoId: "film", ruling: { not: "BANNED" } } })).toBe(
      1,
    );
  });
});

test("of a pin and a ban of one frame at once, one is refused", async () => {
  for (const frameId of frameIds.slice(0, 3)) {
    const [pin, ban] = await Promise.all([
      mutate(client(), "pinCover", { videoId: "film", frameId }),
      mutate(client(), "banFrame", { videoId: "film", frameId }),
    ]);
    const codes = [pin, ban].flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toHaveLength(1);
    expect(["FRAME_PINNED", "FRAME_BANNED"]).toContain(codes[0]);
  }
});

describe("personal covers", () => {
  test("that are switched off for a video are by quality for everyone, and come back", async () => {
    const before = await choose("ann");
    const input = { videoId: "film", personalized: false };
    const off = await mutate(client(), "setVideoPersonalization", input, "video { personalized }");
    expect(off).toEqual({ video: { personalized: false }, userErrors: [] });
    expect(await choose("ann")).toMatchObject({ basis: "QUALITY", reason: "PERSONALIZATION_OFF" });
    expect(await choose("newcomer")).toMatchObject({ basis: "QUALITY", reason: "PERSONALIZATION_OFF" });
    expect(await chooseCover(client(), "other", "ann")).toMatchObject({ basis: "PERSONALIZED" });
    await mutate(client(), "setVideoPersonalization", { videoId: "film", personalized: true });
    expect(await choose("ann")).toMatchObject({ basis: "PERSONALIZED", frame: { id: before.frame.id } });
  });

  test("that a viewer opted out of are by quality for every video, and for no other viewer", async () => {
    const before = await choose("ann");
    const input = { userId: "ann", optedOut: true };
    const out = await mutate(client(), "setViewerOptOut", input, "viewer { id optedOut }");
    expect(out).toEqual({ viewer: { id: "ann", optedOut: true }, userErrors: [] });
    for (const videoId of ["film", "other"]) {
      const cover = await chooseCover(client(), videoId, "ann");
      expect(cover).toMatchObject({ basis: "QUALITY", reason: "OPTED_OUT" });
      expect(cover.candidates.every(({ interestWeight }) => interestWeight === 0)).toBe(true);
    }
    expect(await choose("newcomer")).toMatchObject({ reason: "NEW_VIEWER" });
    await mutate(client(), "setViewerOptOut", { userId: "ann", optedOut: false });
    expect(await choose("ann")).toMatchObject({ basis: "PERSONALIZED", frame: { id: before.frame.id } });
  });

  test("may be refused by a viewer who was never seen", async () => {
    const input = { userId: "unseen", optedOut: true };
    expect((await mutate(client(), "setViewerOptOut", input)).userErrors).toEqual([]);
    expect(await choose("unseen")).toMatchObject({ basis: "QUALITY", reason: "OPTED_OUT" });
  });
});

test("a pin stands above an opt-out, and that above what the video's owner switched off", async () => {
  const rules = [
    ["setVideoPersonalization", { videoId: "film", personalized: false }, "PERSONALIZATION_OFF"],
    ["setViewerOptOut", { userId: "ann", optedOut: true }, "OPTED_OUT"],
    ["pinCover", { videoId: "film", frameId: frameOf(0) }, "OWNER_PINNED"],
  ] as const;
  for (const [name, input, reason] of rules) {
    await mutate(client(), name, input);
    expect(await choose("ann")).toMatchObject({ reason });
  }
});

test.each<[name: string, input: () => Record<string, unknown>]>([
  ["pinCover", () => ({ videoId: "film", frameId: frameOf(0) })],
  ["unpinCover", () => ({ videoId: "film" })],
  ["banFrame", () => ({ videoId: "film", frameId: frameOf(0) })],
  ["unbanFrame", () => ({ videoId: "film", frameId: frameOf(0) })],
  ["setVideoPersonalization", () => ({ videoId: "film", personalized: false })],
  ["setViewerOptOut", () => ({ userId: "ann", optedOut: true })],
])("%s, repeated, changes nothing and is no fault", async (name, input) => {
  const opposite = { unpinCover: "pinCover", unbanFrame: "banFrame" }[name];
  if (opposite !== undefined) await mutate(client(), opposite, { videoId: "film", frameId: frameOf(0) });
  expect((await mutate(client(), name, input())).userErrors).toEqual([]);
  const again = await leavingDatabaseAsItWas(service, () => mutate(client(), name, input()));
  expect(again.userErrors).toEqual([]);
});

test("what is said of a viewer who is not known and not opted out is not kept", async () => {
  const answer = await leavingDatabaseAsItWas(service, () =>
    mutate(client(), "setViewerOptOut", { userId: "nobody", optedOut: false }, "viewer { id optedOut }"),
  );
  expect(answer).toEqual({ viewer: { id: "nobody", optedOut: false }, userErrors: [] });
});
