import type { CandidateFrame, CoverDecision as DecisionRow, Video } from "../generated/prisma/client.js";
import { Prisma, type PrismaClient } from "../generated/prisma/client.js";
import { toFrameRecord } from "../candidate-frame/candidate-frame-record.js";
import type { CoverDecision } from "./cover-decision.js";
import type { VideoRules, ViewerState } from "./cover-grounds.js";
import { toDecision } from "./to-decision.js";

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
  prisma: Pick<PrismaClient, "$queryRaw">,
  { userId, videoIds, modelVersion }: CoversAsked,
): Promise<StoredCovers> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT viewer.history_version AS "historyVersion", viewer.opted_out AS "optedOut", viewer.created_at AS "since",
           EXISTS (SELECT FROM liked_image WHERE user_id = asked.user_id) AS "hasLikes",
           pinned.id AS "pinnedFrameId", image.hash, image.width AS "imageWidth", image.height AS "imageHeight",
           ${select("video", videoColumns)}, ${select("decision", decisionColumns)}, ${select("frame", frameColumns)}
      FROM (SELECT ${userId}::text AS user_id) asked
      LEFT JOIN viewer ON viewer.id = asked.user_id
      LEFT JOIN video ON video.id = ANY (${[...videoIds]}::text[])
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
    const video = pickRow<Video>(row, "video", videoColumns);
    if (video === undefined) continue;
    const known = { ...video, pinnedFrameId: row.pinnedFrameId };
    videos.set(video.id, known);
    const decision = pickRow<DecisionRow>(row, "decision", decisionColumns);
    const frame = pickRow<CandidateFrame>(row, "frame", frameColumns);
    if (decision === undefined || frame === undefined) continue;
    const image = { hash: row.hash, width: row.imageWidth, height: row.imageHeight };
    const shown = { video: known, frame: toFrameRecord({ ...frame, image }) };
    decisions.set(video.id, { ...toDecision(decision), shown });
  }
  return { viewer: toViewerState(rows[0]), videos, decisions };
}

/** A viewer that was never seen is a newcomer: version 0, no likes. */
function toViewerState(row: Row | undefined): ViewerState {
  const { historyVersion, optedOut, since } = row ?? { historyVersion: null, optedOut: null, since: null };
  return { historyVersion: historyVersion ?? 0, optedOut: optedOut ?? false, since, hasLikes: row?.hasLikes ?? false };
}

interface ViewerColumns {
  readonly historyVersion: number | null;
  readonly optedOut: boolean | null;
  readonly since: Date | null;
  readonly hasLikes: boolean;
  readonly pinnedFrameId: string | null;
  /** Of the decision's frame. */
  readonly hash: string;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

type Row = ViewerColumns & Readonly<Record<string, unknown>>;
type Columns<Model> = Readonly<Record<keyof Model, string>>;

function select(table: string, columns: Readonly<Record<string, string>>): Prisma.Sql {
  const list = Object.entries(columns).map(([field, column]) => `${table}.${column} AS "${table}.${field}"`);
  return Prisma.raw(list.join(", "));
}

/** Undefined where no row was joined. */
function pickRow<Model>(row: Row, table: string, columns: Columns<Model>): Model | undefined {
  if (row[`${table}.id`] === null) return undefined;
  return Object.fromEntries(Object.keys(columns).map((field) => [field, row[`${table}.${field}`]])) as Model;
}

const videoColumns: Columns<Video> = {
  ...{ id: "id", title: "title", category: "category", metadata: "metadata", personalized: "personalized" },
  ...{ sourceKind: "source_kind", sourceRef: "source_ref", sourceHash: "source_hash", sizeBytes: "size_bytes" },
  ...{ status: "status", failureCode: "failure_code", failureMessage: "failure_message" },
  ...{ durationMs: "duration_ms", width: "width", height: "height" },
  ...{ revision: "revision", rulesRevision: "rules_revision" },
  ...{ ingestStage: "ingest_stage", ingestProgress: "ingest_progress", ingestAttempts: "ingest_attempts" },
  ...{ registeredAt: "registered_at", readyAt: "ready_at" },
};

const decisionColumns: Columns<DecisionRow> = {
  ...{ id: "id", userId: "user_id", videoId: "video_id", frameId: "frame_id", basis: "basis", reason: "reason" },
  ...{ probability: "probability", candidateIds: "candidate_ids", interestWeights: "interest_weights" },
  ...{ probabilities: "probabilities", propensity: "propensity", modelVersion: "model_version" },
  ...{ historyVersion: "history_version", videoRevision: "video_revision", rulesRevision: "rules_revision" },
  decidedAt: "decided_at",
};

const frameColumns: Columns<CandidateFrame> = {
  ...{ id: "id", videoId: "video_id", index: "frame_index", timestampMs: "timestamp_ms", shot: "shot" },
  ...{ imageHash: "image_hash", brightness: "brightness", contrast: "contrast", sharpness: "sharpness" },
  ...{ uniformity: "uniformity", colourfulness: "colourfulness", clipping: "clipping", noise: "noise" },
  ...{ smear: "smear", detail: "detail", text: "text", steadiness: "steadiness" },
  ...{ qualityScore: "quality_score", unsafeScore: "unsafe_score", ruling: "ruling" },
};
