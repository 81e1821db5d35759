-- CreateEnum
CREATE TYPE "ingest_stage" AS ENUM ('QUEUED', 'FETCHING', 'DECODING', 'ENCODING', 'STORING', 'DONE');

-- CreateEnum
CREATE TYPE "like_import_status" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED');

-- AlterTable
ALTER TABLE "video" ADD COLUMN     "ingest_attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "ingest_progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "ingest_stage" "ingest_stage" NOT NULL DEFAULT 'QUEUED',
ADD COLUMN     "metadata" JSONB;

-- CreateTable
CREATE TABLE "source_replacement" (
    "video_id" TEXT NOT NULL,
    "source_kind" "video_source_kind" NOT NULL,
    "source_ref" TEXT NOT NULL,
    "source_hash" CHAR(64),
    "revision" INTEGER NOT NULL,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_replacement_pkey" PRIMARY KEY ("video_id")
);

-- CreateTable
CREATE TABLE "like_import" (
    "id" UUID NOT NULL,
    "upload_id" TEXT NOT NULL,
    "status" "like_import_status" NOT NULL DEFAULT 'QUEUED',
    "failure_code" TEXT,
    "failure_message" TEXT,
    "total_bytes" BIGINT NOT NULL,
    "done_bytes" BIGINT NOT NULL DEFAULT 0,
    "seen_lines" INTEGER NOT NULL DEFAULT 0,
    "done_lines" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "like_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "like_import_line" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "field" TEXT,

    CONSTRAINT "like_import_line_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateIndex
CREATE UNIQUE INDEX "like_import_upload_id_key" ON "like_import"("upload_id");

-- CreateIndex
CREATE INDEX "cover_decision_user_id_decided_at_id_idx" ON "cover_decision"("user_id", "decided_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "cover_decision_video_id_decided_at_id_idx" ON "cover_decision"("video_id", "decided_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "video_category_registered_at_id_idx" ON "video"("category", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "viewer_created_at_id_idx" ON "viewer"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "viewer_opted_out_created_at_id_idx" ON "viewer"("opted_out", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "source_replacement" ADD CONSTRAINT "source_replacement_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "video"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "like_import_line" ADD CONSTRAINT "like_import_line_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "like_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma's schema has no words for it.

-- Videos of before were ingested already.
UPDATE "video" SET "ingest_stage" = 'DONE', "ingest_progress" = 1, "ingest_attempts" = 1 WHERE "status" = 'READY';

ALTER TABLE "video"
    ADD CONSTRAINT "video_metadata_is_small_object" CHECK (jsonb_typeof("metadata") = 'object' AND octet_length("metadata"::text) <= 32768),
    ADD CONSTRAINT "video_ingest_progress_in_range" CHECK ("ingest_progress" BETWEEN 0 AND 1 AND ("ingest_progress" = 1) = ("ingest_stage" = 'DONE')),
    ADD CONSTRAINT "video_ingest_attempts_in_range" CHECK ("ingest_attempts" >= 0);

ALTER TABLE "source_replacement"
    ADD CONSTRAINT "source_replacement_hash_is_sha256" CHECK ("source_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "source_replacement_revision_in_range" CHECK ("revision" >= 2),
    ADD CONSTRAINT "source_replacement_failure_is_whole" CHECK (("failure_code" IS NULL) = ("failure_message" IS NULL));

ALTER TABLE "like_import"
    ADD CONSTRAINT "like_import_failed_has_reason" CHECK (("status" = 'FAILED') = ("failure_code" IS NOT NULL) AND ("failure_code" IS NULL) = ("failure_message" IS NULL)),
    ADD CONSTRAINT "like_import_ended_has_time" CHECK (("status" IN ('DONE', 'FAILED')) = ("finished_at" IS NOT NULL)),
    ADD CONSTRAINT "like_import_counts_add_up" CHECK (
        "done_bytes" BETWEEN 0 AND "total_bytes" AND "accepted" >= 0 AND "refused" >= 0 AND "accepted" + "refused" = "done_lines" AND "done_lines" <= "seen_lines"
    );

ALTER TABLE "like_import_line"
    ADD CONSTRAINT "like_import_line_from_one" CHECK ("line" >= 1),
    ADD CONSTRAINT "like_import_line_refusal_is_whole" CHECK (("code" IS NULL) = ("message" IS NULL) AND ("code" IS NOT NULL OR "field" IS NULL));
