import type { RawQueries } from "../database/prepared-statements.js";
import { Prisma, type Video } from "../generated/prisma/client.js";
import type { CoverDecision } from "./cover-decision.js";
import type { VideoRules, ViewerState } from "./cover-grounds.js";
import { selectCover, toShownCover, toVideo, type CoverRow } from "./cover-rows.js";

/** Whose covers, of which videos, by which model. */
export interface CoversAsked {
  readonly userId: string;
  readonly videoIds: readonly string[];
  readonly modelVersion: string;
}

/** What is stored of a viewer's covers, as of one moment. */
export interface StoredCovers {
  readonly viewer: ViewerState;
  /** By id; those that are not registered are left out. */
  readonly videos: ReadonlyMap<string, Video & VideoRules>;
  /** By video: the decisions that hold for the present state of viewer and video. */
  readonly decisions: ReadonlyMap<string, CoverDecision>;
}

/** Reads it in one statement, however many videos. */
export async function readStoredCovers(
  statements: RawQueries,
  { userId, videoIds, modelVersion }: CoversAsked,
): Promise<StoredCovers> {
  const rows = await statements.$queryRaw<Row[]>`
    SELECT viewer.history_version AS "historyVersion", viewer.opted_out AS "optedOut", viewer.created_at AS "since",
           EXISTS (SELECT FROM liked_image WHERE user_id = asked.user_id) AS "hasLikes",
           pinned.id AS "pinnedFrameId", ${selectCover()}
      FROM (SELECT ${userId}::text AS user_id) asked
      LEFT JOIN viewer ON viewer.id = asked.user_id
      LEFT JOIN video ON video.id ${isOneOf(videoIds)}
      LEFT JOIN candidate_frame pinned ON pinned.video_id = video.id AND pinned.ruling = 'PINNED'
      LEFT JOIN cover_decision decision
        ON decision.user_id = asked.user_id AND decision.video_id = video.id AND decision.model_version = ${modelVersion}
       AND decision.history_version = coalesce(viewer.history_version, 0)
       AND decision.video_revision = video.revision AND decision.rules_revision = video.rules_revision
      LEFT JOIN candidate_frame frame ON frame.id = decision.frame_id
      LEFT JOIN image ON image.hash = frame.image_hash`;
  const videos = new Map<string, Video & VideoRules>();
  const decisions = new Map<string, CoverDecision>();
  for (const row of rows) {
    const video = toVideo(row);
    if (video === undefined) continue;
    const known = { ...video, pinnedFrameId: row.pinnedFrameId };
    videos.set(video.id, known);
    const decision = toShownCover(row, known);
    if (decision !== undefined) decisions.set(video.id, decision);
  }
  return { viewer: toViewerState(rows[0]), videos, decisions };
}

/** For one, Postgres need not plan anew each time: of a list it cannot know that it is short. */
function isOneOf(ids: readonly string[]): Prisma.Sql {
  const [id] = ids;
  return id !== undefined && ids.length === 1 ? Prisma.sql`= ${id}` : Prisma.sql`= ANY (${[...ids]}::text[])`;
}

/** A viewer that was never seen is a newcomer: version 0, no likes. */
function toViewerState(row: Row | undefined): ViewerState {
  const { historyVersion, optedOut, since } = row ?? { historyVersion: null, optedOut: null, since: null };
  return { historyVersion: historyVersion ?? 0, optedOut: optedOut ?? false, since, hasLikes: row?.hasLikes ?? false };
}

interface Row extends CoverRow {
  readonly historyVersion: number | null;
  readonly optedOut: boolean | null;
  readonly since: Date | null;
  readonly hasLikes: boolean;
  readonly pinnedFrameId: string | null;
}
