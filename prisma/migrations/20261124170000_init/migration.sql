-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "video_status" AS ENUM ('PENDING', 'PROCESSING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "video_source_kind" AS ENUM ('UPLOAD', 'PATH');

-- CreateEnum
CREATE TYPE "like_source_kind" AS ENUM ('FRAME', 'UPLOAD', 'BASE64');

-- CreateEnum
CREATE TYPE "cover_basis" AS ENUM ('PERSONALIZED', 'QUALITY', 'PINNED');

-- CreateEnum
CREATE TYPE "cover_reason" AS ENUM ('SCORED', 'NEW_VIEWER', 'OPTED_OUT', 'PERSONALIZATION_OFF', 'TIME_BUDGET', 'SCORER_FAILED', 'OWNER_PINNED');

-- CreateEnum
CREATE TYPE "api_key_role" AS ENUM ('reader', 'admin');

-- CreateTable
CREATE TABLE "video" (
    "id" TEXT NOT NULL,
    "title" TEXT,
    "category" TEXT,
    "source_kind" "video_source_kind" NOT NULL,
    "source_ref" TEXT NOT NULL,
    "source_hash" CHAR(64),
    "status" "video_status" NOT NULL DEFAULT 'PENDING',
    "failure_code" TEXT,
    "failure_message" TEXT,
    "duration_ms" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "size_bytes" BIGINT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "rules_revision" INTEGER NOT NULL DEFAULT 0,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "video_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image" (
    "hash" CHAR(64) NOT NULL,
    "mime" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "image_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "candidate_frame" (
    "id" UUID NOT NULL,
    "video_id" TEXT NOT NULL,
    "frame_index" INTEGER NOT NULL,
    "timestamp_ms" INTEGER NOT NULL,
    "shot" INTEGER NOT NULL,
    "image_hash" CHAR(64) NOT NULL,
    "brightness" DOUBLE PRECISION NOT NULL,
    "contrast" DOUBLE PRECISION NOT NULL,
    "sharpness" DOUBLE PRECISION NOT NULL,
    "uniformity" DOUBLE PRECISION NOT NULL,
    "colourfulness" DOUBLE PRECISION NOT NULL,
    "quality_score" DOUBLE PRECISION NOT NULL,
    "unsafe_score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "candidate_frame_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature" (
    "image_hash" CHAR(64) NOT NULL,
    "encoder_version" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "feature_pkey" PRIMARY KEY ("image_hash","encoder_version")
);

-- CreateTable
CREATE TABLE "viewer" (
    "id" TEXT NOT NULL,
    "history_version" INTEGER NOT NULL DEFAULT 0,
    "opted_out" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "viewer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "liked_image" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "image_hash" CHAR(64) NOT NULL,
    "source_kind" "like_source_kind" NOT NULL,
    "liked_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "liked_image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cover_decision" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "video_id" TEXT NOT NULL,
    "frame_id" UUID NOT NULL,
    "basis" "cover_basis" NOT NULL,
    "reason" "cover_reason" NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "candidate_ids" UUID[],
    "interest_weights" DOUBLE PRECISION[],
    "probabilities" DOUBLE PRECISION[],
    "propensity" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "model_version" TEXT NOT NULL,
    "history_version" INTEGER NOT NULL,
    "video_revision" INTEGER NOT NULL,
    "rules_revision" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cover_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "api_key_role" NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "video_registered_at_id_idx" ON "video"("registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "video_status_registered_at_id_idx" ON "video"("status", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "candidate_frame_video_id_timestamp_ms_idx" ON "candidate_frame"("video_id", "timestamp_ms");

-- CreateIndex
CREATE INDEX "candidate_frame_image_hash_idx" ON "candidate_frame"("image_hash");

-- CreateIndex
CREATE UNIQUE INDEX "candidate_frame_video_id_frame_index_key" ON "candidate_frame"("video_id", "frame_index");

-- CreateIndex
CREATE UNIQUE INDEX "candidate_frame_video_id_id_key" ON "candidate_frame"("video_id", "id");

-- CreateIndex
CREATE INDEX "liked_image_user_id_liked_at_id_idx" ON "liked_image"("user_id", "liked_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "liked_image_image_hash_idx" ON "liked_image"("image_hash");

-- CreateIndex
CREATE UNIQUE INDEX "liked_image_user_id_image_hash_key" ON "liked_image"("user_id", "image_hash");

-- CreateIndex
CREATE INDEX "cover_decision_video_id_frame_id_idx" ON "cover_decision"("video_id", "frame_id");

-- CreateIndex
CREATE UNIQUE INDEX "cover_decision_scope_key" ON "cover_decision"("user_id", "video_id", "model_version", "history_version", "video_revision", "rules_revision");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_name_key" ON "api_key"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- AddForeignKey
ALTER TABLE "candidate_frame" ADD CONSTRAINT "candidate_frame_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "video"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "candidate_frame" ADD CONSTRAINT "candidate_frame_image_hash_fkey" FOREIGN KEY ("image_hash") REFERENCES "image"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature" ADD CONSTRAINT "feature_image_hash_fkey" FOREIGN KEY ("image_hash") REFERENCES "image"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liked_image" ADD CONSTRAINT "liked_image_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "viewer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liked_image" ADD CONSTRAINT "liked_image_image_hash_fkey" FOREIGN KEY ("image_hash") REFERENCES "image"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cover_decision" ADD CONSTRAINT "cover_decision_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "viewer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cover_decision" ADD CONSTRAINT "cover_decision_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "video"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cover_decision" ADD CONSTRAINT "cover_decision_video_id_frame_id_fkey" FOREIGN KEY ("video_id", "frame_id") REFERENCES "candidate_frame"("video_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma's schema has no words for it.

-- Pictures are compressed already: trying once more costs time and saves nothing.
ALTER TABLE "image" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "feature" ALTER COLUMN "vector" SET STORAGE EXTERNAL;

ALTER TABLE "video"
    ADD CONSTRAINT "video_id_is_callers_id" CHECK (char_length("id") BETWEEN 1 AND 128 AND "id" !~ '[\x01-\x1f\x7f]'),
    ADD CONSTRAINT "video_source_hash_is_sha256" CHECK ("source_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "video_failed_has_reason" CHECK (("status" = 'FAILED') = ("failure_code" IS NOT NULL) AND ("failure_code" IS NULL) = ("failure_message" IS NULL)),
    ADD CONSTRAINT "video_ready_is_whole" CHECK ("status" <> 'READY' OR num_nulls("ready_at", "duration_ms", "width", "height", "size_bytes") = 0),
    ADD CONSTRAINT "video_facts_in_range" CHECK ("duration_ms" >= 0 AND "width" > 0 AND "height" > 0 AND "size_bytes" > 0),
    ADD CONSTRAINT "video_revisions_in_range" CHECK ("revision" >= 1 AND "rules_revision" >= 0);

ALTER TABLE "image"
    ADD CONSTRAINT "image_hash_is_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex')),
    ADD CONSTRAINT "image_facts_in_range" CHECK ("size_bytes" = octet_length("bytes") AND "size_bytes" > 0 AND "width" > 0 AND "height" > 0);

ALTER TABLE "candidate_frame"
    ADD CONSTRAINT "candidate_frame_position_in_range" CHECK ("frame_index" >= 0 AND "timestamp_ms" >= 0 AND "shot" >= 0),
    -- ALL is false of NaN, which Postgres holds to be greater than infinity.
    ADD CONSTRAINT "candidate_frame_measures_in_range" CHECK (
        0 <= ALL (ARRAY["brightness", "contrast", "sharpness", "uniformity", "colourfulness", "quality_score", "unsafe_score"])
        AND 'Infinity' > ALL (ARRAY["brightness", "contrast", "sharpness", "uniformity", "colourfulness", "quality_score", "unsafe_score"])
    );

ALTER TABLE "feature"
    ADD CONSTRAINT "feature_vector_is_float32" CHECK (octet_length("vector") > 0 AND octet_length("vector") % 4 = 0);

ALTER TABLE "viewer"
    ADD CONSTRAINT "viewer_id_is_callers_id" CHECK (char_length("id") BETWEEN 1 AND 128 AND "id" !~ '[\x01-\x1f\x7f]'),
    ADD CONSTRAINT "viewer_history_version_in_range" CHECK ("history_version" >= 0);

ALTER TABLE "cover_decision"
    ADD CONSTRAINT "cover_decision_probability_in_range" CHECK ("probability" BETWEEN 0 AND 1),
    ADD CONSTRAINT "cover_decision_propensity_in_range" CHECK ("propensity" > 0 AND "propensity" <= 1),
    ADD CONSTRAINT "cover_decision_candidates_are_whole" CHECK (
        cardinality("candidate_ids") > 0
        AND cardinality("candidate_ids") = cardinality("interest_weights")
        AND cardinality("candidate_ids") = cardinality("probabilities")
        AND "frame_id" = ANY ("candidate_ids")
    ),
    ADD CONSTRAINT "cover_decision_scores_in_range" CHECK (
        0 <= ALL ("probabilities") AND 1 >= ALL ("probabilities")
        AND '-Infinity' < ALL ("interest_weights") AND 'Infinity' > ALL ("interest_weights")
    ),
    ADD CONSTRAINT "cover_decision_reason_fits_basis" CHECK (
        ("basis" = 'PERSONALIZED') = ("reason" = 'SCORED') AND ("basis" = 'PINNED') = ("reason" = 'OWNER_PINNED')
    ),
    ADD CONSTRAINT "cover_decision_is_no_fallback" CHECK ("reason" NOT IN ('TIME_BUDGET', 'SCORER_FAILED')),
    ADD CONSTRAINT "cover_decision_versions_in_range" CHECK ("history_version" >= 0 AND "video_revision" >= 1 AND "rules_revision" >= 0);

ALTER TABLE "api_key"
    ADD CONSTRAINT "api_key_hash_is_sha256" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "api_key_name_not_empty" CHECK (char_length("name") BETWEEN 1 AND 128);

-- An image goes when the last frame or like that uses it goes, so that deleting a video or a viewer leaves nothing behind.
-- At the end of the transaction, because frames may be replaced by others of the same image. Who has begun to use the
-- image meanwhile keeps it: its foreign key then refuses the deletion, and that is as it should be.
CREATE FUNCTION "delete_unused_image"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "image"
        WHERE "hash" = OLD."image_hash"
        AND NOT EXISTS (SELECT FROM "candidate_frame" WHERE "image_hash" = OLD."image_hash")
        AND NOT EXISTS (SELECT FROM "liked_image" WHERE "image_hash" = OLD."image_hash");
    RETURN NULL;
EXCEPTION WHEN foreign_key_violation THEN
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "candidate_frame_image_unused" AFTER DELETE ON "candidate_frame"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "delete_unused_image"();

CREATE CONSTRAINT TRIGGER "liked_image_image_unused" AFTER DELETE ON "liked_image"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "delete_unused_image"();
