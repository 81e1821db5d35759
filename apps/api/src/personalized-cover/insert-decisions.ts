import { v7 as makeTimeOrderedUuid } from "uuid";
import type { RawQueries } from "../database/prepared-statements.js";
import { Prisma } from "../generated/prisma/client.js";
import type { CoverDecision, VideoScope, ViewerScope } from "./cover-decision.js";
import { selectCover, toShownCover, toVideo, type CoverRow } from "./cover-rows.js";

/** A decision about to be stored. */
export type NewDecision = VideoScope &
  Pick<CoverDecision, "frameId" | "basis" | "reason" | "probability" | "candidates">;

/**
 * Stores decisions of one viewer and reads back what it stored, in one statement. Left out are those that were there
 * already, and those whose viewer, video or frame is gone.
 *
 * Whoever deletes the viewer waits for the end of the statement, or it for them. The rows are written in the order of their
 * videos, the same for everyone: two pages that store the same decisions in different orders would wait for each other.
 */
export async function insertDecisions(
  statements: RawQueries,
  viewer: ViewerScope,
  made: readonly NewDecision[],
): Promise<CoverDecision[]> {
  const { userId, modelVersion, historyVersion, viewerSince } = viewer;
  // Named once more where they are read back: else the planner, who cannot know how few were stored, reads all videos.
  const videoIds = made.map(({ videoId }) => videoId);
  const isTheSame = viewerSince === null ? Prisma.empty : Prisma.sql`AND created_at = ${viewerSince}`;
  const rows = await statements.$queryRaw<CoverRow[]>`
    WITH viewer AS (
      SELECT id FROM viewer WHERE id = ${userId} ${isTheSame} FOR KEY SHARE
    ), decision AS (
      INSERT INTO cover_decision (
        id, user_id, video_id, frame_id, basis, reason, probability, candidate_ids, interest_weights, probabilities,
        model_version, history_version, video_revision, rules_revision)
      SELECT made.id, viewer.id, made.video_id, made.frame_id, made.basis, made.reason, made.probability,
             made.candidate_ids, made.interest_weights, made.probabilities,
             ${modelVersion}, ${historyVersion}, made.video_revision, made.rules_revision
        FROM viewer
       CROSS JOIN json_to_recordset(${JSON.stringify(made.map(toRow))}::json) AS made (
               id uuid, video_id text, frame_id uuid, basis cover_basis, reason cover_reason, probability float8,
               candidate_ids uuid[], interest_weights float8[], probabilities float8[],
               video_revision int, rules_revision int)
       ORDER BY made.video_id
          ON CONFLICT DO NOTHING
      RETURNING *
    )
    SELECT ${selectCover()}
      FROM decision
      JOIN video ON video.id = decision.video_id AND video.id = ANY (${videoIds}::text[])
      JOIN candidate_frame frame ON frame.id = decision.frame_id
      JOIN image ON image.hash = frame.image_hash`;
  return rows.flatMap((row) => {
    const video = toVideo(row);
    const cover = video && toShownCover(row, video);
    return cover ?? [];
  });
}

function toRow({ candidates, ...made }: NewDecision) {
  const { videoId, frameId, basis, reason, probability, videoRevision, rulesRevision } = made;
  return {
    ...{ id: makeTimeOrderedUuid(), video_id: videoId, frame_id: frameId, basis, reason, probability },
    candidate_ids: candidates.map((candidate) => candidate.frameId),
    interest_weights: candidates.map((candidate) => candidate.interestWeight),
    probabilities: candidates.map((candidate) => candidate.probability),
    ...{ video_revision: videoRevision, rules_revision: rulesRevision },
  };
}
