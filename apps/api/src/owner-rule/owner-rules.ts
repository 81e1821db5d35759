import { recordAct } from "../audit/record-act.js";
import { frameSelection, toFrameRecord, type CandidateFrameRecord } from "../candidate-frame/candidate-frame-record.js";
import type { FrameRuling, Prisma, PrismaClient, Video } from "../generated/prisma/client.js";
import { isUuid } from "../graphql/is-uuid.js";
import { InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { Caller } from "../keys/index.js";
import { lockVideo } from "./lock-video.js";

/** A frame, as an input names it. */
export interface FrameInput {
  readonly videoId: string;
  readonly frameId: string;
}

/** A frame about which something was said, and its video. */
export interface RuledFrame {
  readonly video: Video;
  readonly frame: CandidateFrameRecord;
}

/**
 * The owner's word: what it says of a video's frames and of personal covers for it.
 *
 * Each act locks the video's row, changes what it is about, raises the video's rules revision (so that the next query
 * decides anew) and writes itself into the audit, all in one transaction. What holds already is no act: nothing changes.
 */
export class OwnerRules {
  constructor(private readonly prisma: PrismaClient) {}

  /** Makes a frame the cover for everyone, in the place of one pinned before. */
  pin(caller: Caller, { videoId, frameId }: FrameInput): Promise<Outcome<RuledFrame>> {
    return this.#change(videoId, async (transaction, video) => {
      const frame = await findFrame(transaction, video.id, frameId);
      if (frame.ruling === "BANNED") {
        throw new InputError("FRAME_BANNED", "frameId", "This frame is banned: unban it before it is pinned.");
      }
      if (frame.ruling === "PINNED") return { video, frame };
      const pinned = await findPinned(transaction, video.id);
      if (pinned !== null) await setRuling(transaction, pinned.id, "NONE");
      const [before, after] = [{ pinnedFrameId: pinned?.id ?? null }, { pinnedFrameId: frame.id }];
      await recordAct(transaction, caller, {
        action: "PIN_COVER",
        videoId: video.id,
        frameId: frame.id,
        before,
        after,
      });
      return this.#rule(transaction, video, frame, "PINNED");
    });
  }

  unpin(caller: Caller, videoId: string): Promise<Outcome<Video>> {
    return this.#change(videoId, async (transaction, video) => {
      const pinned = await findPinned(transaction, video.id);
      if (pinned === null) return video;
      const act = { action: "UNPIN_COVER", videoId: video.id, frameId: pinned.id } as const;
      await recordAct(transaction, caller, {
        ...act,
        before: { pinnedFrameId: pinned.id },
        after: { pinnedFrameId: null },
      });
      await setRuling(transaction, pinned.id, "NONE");
      return raiseRulesRevision(transaction, video);
    });
  }

  /** Makes a frame no candidate. A pin is never undone silently, and some frame is always left to choose. */
  ban(caller: Caller, { videoId, frameId }: FrameInput): Promise<Outcome<RuledFrame>> {
    return this.#change(videoId, async (transaction, video) => {
      const frame = await findFrame(transaction, video.id, frameId);
      if (frame.ruling === "BANNED") return { video, frame };
      if (frame.ruling === "PINNED") {
        throw new InputError(
          "FRAME_PINNED",
          "frameId",
          "This frame is the pinned cover: unpin it before it is banned.",
        );
      }
      const allowed = await transaction.candidateFrame.count({
        where: { videoId: video.id, ruling: { not: "BANNED" } },
      });
      if (allowed === 1) {
        const message = "This is the only frame of the video that is not banned: it cannot be banned too.";
        throw new InputError("EVERY_FRAME_BANNED", "frameId", message);
      }
      const act = { action: "BAN_FRAME", videoId: video.id, frameId: frame.id } as const;
      await recordAct(transaction, caller, { ...act, before: { banned: false }, after: { banned: true } });
      return this.#rule(transaction, video, frame, "BANNED");
    });
  }

  unban(caller: Caller, { videoId, frameId }: FrameInput): Promise<Outcome<RuledFrame>> {
    return this.#change(videoId, async (transaction, video) => {
      const frame = await findFrame(transaction, video.id, frameId);
      if (frame.ruling !== "BANNED") return { video, frame };
      const act = { action: "UNBAN_FRAME", videoId: video.id, frameId: frame.id } as const;
      await recordAct(transaction, caller, { ...act, before: { banned: true }, after: { banned: false } });
      return this.#rule(transaction, video, frame, "NONE");
    });
  }

  /** Switches personal covers of a video on or off. */
  setPersonalization(caller: Caller, videoId: string, personalized: boolean): Promise<Outcome<Video>> {
    return this.#change(videoId, async (transaction, video) => {
      if (video.personalized === personalized) return video;
      const [before, after] = [{ personalized: video.personalized }, { personalized }];
      await recordAct(transaction, caller, { action: "SET_VIDEO_PERSONALIZATION", videoId: video.id, before, after });
      return raiseRulesRevision(transaction, video, { personalized });
    });
  }

  #change<Made>(
    videoId: string,
    work: (transaction: Prisma.TransactionClient, video: Video) => Promise<Made>,
  ): Promise<Outcome<Made>> {
    return settleInput(() =>
      this.prisma.$transaction(async (transaction) => work(transaction, await lockVideo(transaction, videoId))),
    );
  }

  async #rule(
    transaction: Prisma.TransactionClient,
    video: Video,
    frame: CandidateFrameRecord,
    ruling: FrameRuling,
  ): Promise<RuledFrame> {
    await setRuling(transaction, frame.id, ruling);
    return { video: await raiseRulesRevision(transaction, video), frame: { ...frame, ruling } };
  }
}

async function findFrame(
  transaction: Prisma.TransactionClient,
  videoId: string,
  frameId: string,
): Promise<CandidateFrameRecord> {
  const where = { videoId, id: frameId };
  const row = isUuid(frameId) ? await transaction.candidateFrame.findFirst({ where, ...frameSelection }) : null;
  if (row !== null) return toFrameRecord(row);
  throw new InputError("FRAME_NOT_FOUND", "frameId", "This video has no candidate frame with this id.");
}

function findPinned(transaction: Prisma.TransactionClient, videoId: string): Promise<{ readonly id: string } | null> {
  return transaction.candidateFrame.findFirst({ where: { videoId, ruling: "PINNED" }, select: { id: true } });
}

async function setRuling(transaction: Prisma.TransactionClient, id: string, ruling: FrameRuling): Promise<void> {
  await transaction.candidateFrame.update({ where: { id }, data: { ruling } });
}

function raiseRulesRevision(
  transaction: Prisma.TransactionClient,
  { id }: Video,
  change: { readonly personalized?: boolean } = {},
): Promise<Video> {
  return transaction.video.update({ where: { id }, data: { ...change, rulesRevision: { increment: 1 } } });
}
