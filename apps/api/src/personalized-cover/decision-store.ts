import { isMissingReference } from "../database/is-missing-reference.js";
import type { RawQueries } from "../database/prepared-statements.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { ViewerState } from "./cover-grounds.js";
import { insertDecisions, type NewDecision } from "./insert-decisions.js";
import { readStoredCovers, type StoredCovers } from "./stored-covers.js";
import { toDecision } from "./to-decision.js";

/** Decisions in Postgres: one for each scope, whoever comes first. */
export class DecisionStore {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly statements: RawQueries,
  ) {}

  /** Everything that is known of a viewer's covers for these videos, as of one moment: one statement. */
  read(userId: string, videoIds: readonly string[], modelVersion: string): Promise<StoredCovers> {
    return readStoredCovers(this.statements, { userId, videoIds, modelVersion });
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
    const kept = new Map((await this.#insert(viewer, made)).map((decision) => [decision.videoId, decision]));
    const others = made.filter(({ videoId }) => !kept.has(videoId));
    return others.length === 0 ? kept : new Map([...kept, ...(await this.find(viewer, others))]);
  }

  async #insert(viewer: ViewerScope, made: readonly NewDecision[]): Promise<CoverDecision[]> {
    const data = { id: viewer.userId };
    if (viewer.viewerSince === null) await this.prisma.viewer.createMany({ data, skipDuplicates: true });
    try {
      return await insertDecisions(this.statements, viewer, made);
    } catch (error) {
      if (!isMissingReference(error)) throw error;
      if (made.length === 1) return [];
      const each: CoverDecision[] = [];
      for (const decision of made) each.push(...(await this.#insert(viewer, [decision])));
      return each;
    }
  }
}
