import { isMissingReference } from "../database/is-missing-reference.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { ViewerState } from "./cover-grounds.js";
import { readStoredCovers, type StoredCovers } from "./stored-covers.js";
import { toDecision } from "./to-decision.js";

/** A decision about to be stored. */
export type NewDecision = VideoScope &
  Pick<CoverDecision, "frameId" | "basis" | "reason" | "probability" | "candidates">;

/** Decisions in Postgres: one for each scope, whoever comes first. */
export class DecisionStore {
  constructor(private readonly prisma: PrismaClient) {}

  /** Everything that is known of a viewer's covers for these videos, as of one moment: one statement. */
  read(userId: string, videoIds: readonly string[], modelVersion: string): Promise<StoredCovers> {
    return readStoredCovers(this.prisma, { userId, videoIds, modelVersion });
  }

  /** A viewer that was never seen is a newcomer: version 0, no likes. */
  async findViewer(id: string): Promise<ViewerState> {
    const select = { historyVersion: true, optedOut: true, createdAt: true, likes: { select: { id: true }, take: 1 } };
    const viewer = await this.prisma.viewer.findUnique({ where: { id }, select });
    if (viewer === null) return { historyVersion: 0, hasLikes: false, optedOut: false, since: null };
    const { historyVersion, optedOut, createdAt: since, likes } = viewer;
    return { historyVersion, hasLikes: likes.length > 0, optedOut, since };
  }

  /** By video; those that are not decided yet are left out. */
  async find(viewer: ViewerScope, videos: readonly VideoScope[]): Promise<ReadonlyMap<string, CoverDecision>> {
    const asked = new Map(videos.map((video) => [video.videoId, video]));
    const { userId, modelVersion, historyVersion } = viewer;
    const rows = await this.prisma.coverDecision.findMany({
      where: { userId, modelVersion, historyVersion, videoId: { in: [...asked.keys()] } },
    });
    const holding = rows.filter((row) => {
      const video = asked.get(row.videoId);
      return row.videoRevision === video?.videoRevision && row.rulesRevision === video.rulesRevision;
    });
    return new Map(holding.map((row) => [row.videoId, toDecision(row)]));
  }

  /**
   * Stores decisions of different videos, each unless another caller was first; the answer is what is stored, for everyone.
   * A decision is left out where its video is gone meanwhile: that costs none of the others. Where the viewer is gone, none
   * is kept, even if a viewer of the same id has come since: what was deleted does not come back by a decision under way.
   */
  async keep(viewer: ViewerScope, made: readonly NewDecision[]): Promise<ReadonlyMap<string, CoverDecision>> {
    // In one order for everyone: two pages that store the same decisions in different orders would wait for each other.
    const rows = made.toSorted((a, b) => (a.videoId < b.videoId ? -1 : 1)).map((decision) => toRow(viewer, decision));
    try {
      await this.#insert(viewer, rows);
    } catch (error) {
      if (!isMissingReference(error)) throw error;
      for (const row of rows) await this.#insertUnlessGone(viewer, row);
    }
    return this.find(viewer, made);
  }

  async #insert({ userId, viewerSince }: ViewerScope, rows: ReturnType<typeof toRow>[]): Promise<void> {
    if (viewerSince === null) {
      await this.prisma.viewer.createMany({ data: { id: userId }, skipDuplicates: true });
      await this.prisma.coverDecision.createMany({ data: rows, skipDuplicates: true });
      return;
    }
    await this.prisma.$transaction(async (transaction) => {
      // Whoever deletes the viewer waits for the end of this transaction, or this one for theirs.
      const found = await transaction.$queryRaw<unknown[]>`
        SELECT 1 FROM viewer WHERE id = ${userId} AND created_at = ${viewerSince} FOR KEY SHARE`;
      if (found.length > 0) await transaction.coverDecision.createMany({ data: rows, skipDuplicates: true });
    });
  }

  async #insertUnlessGone(viewer: ViewerScope, row: ReturnType<typeof toRow>): Promise<void> {
    try {
      await this.#insert(viewer, [row]);
    } catch (error) {
      if (!isMissingReference(error)) throw error;
    }
  }
}

function toRow(viewer: ViewerScope, { candidates, ...made }: NewDecision) {
  const { userId, modelVersion, historyVersion } = viewer;
  const { videoId, videoRevision, rulesRevision, frameId, basis, reason, probability } = made;
  return {
    ...{ userId, modelVersion, historyVersion, videoId, videoRevision, rulesRevision },
    ...{ frameId, basis, reason, probability },
    candidateIds: candidates.map((candidate) => candidate.frameId),
    probabilities: candidates.map((candidate) => candidate.probability),
    interestWeights: candidates.map((candidate) => candidate.interestWeight),
  };
}
