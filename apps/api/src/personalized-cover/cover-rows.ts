import type { CandidateFrame, CoverDecision as DecisionRow, Video } from "../generated/prisma/client.js";
import { Prisma } from "../generated/prisma/client.js";
import { toFrameRecord } from "../candidate-frame/candidate-frame-record.js";
import type { CoverDecision } from "./cover-decision.js";
import { toDecision } from "./to-decision.js";

/** What is read of a decision, its video, its frame and the frame's picture: for tables (or parts of a statement) of these names. */
export function selectCover(): Prisma.Sql {
  return Prisma.sql`image.hash, image.width AS "imageWidth", image.height AS "imageHeight",
    ${select("video", videoColumns)}, ${select("decision", decisionColumns)}, ${select("frame", frameColumns)}`;
}

/** A row of `selectCover`, whatever else it holds. */
export type CoverRow = Readonly<Record<string, unknown>> & {
  /** Of the decision's frame. */
  readonly hash: string;
  readonly imageWidth: number;
  readonly imageHeight: number;
};

/** Undefined where no video was joined. */
export function toVideo(row: CoverRow): Video | undefined {
  return pickRow<Video>(row, "video", videoColumns);
}

/** Undefined where no decision was joined. */
export function toShownCover(row: CoverRow, video: Video): CoverDecision | undefined {
  const decision = pickRow<DecisionRow>(row, "decision", decisionColumns);
  const frame = pickRow<CandidateFrame>(row, "frame", frameColumns);
  if (decision === undefined || frame === undefined) return undefined;
  const image = { hash: row.hash, width: row.imageWidth, height: row.imageHeight };
  return { ...toDecision(decision), shown: { video, frame: toFrameRecord({ ...frame, image }) } };
}

type Columns<Model> = Readonly<Record<keyof Model, string>>;

function select(table: string, columns: Readonly<Record<string, string>>): Prisma.Sql {
  const list = Object.entries(columns).map(([field, column]) => `${table}.${column} AS "${table}.${field}"`);
  return Prisma.raw(list.join(", "));
}

/** Undefined where no row was joined. */
function pickRow<Model>(row: CoverRow, table: string, columns: Columns<Model>): Model | undefined {
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
