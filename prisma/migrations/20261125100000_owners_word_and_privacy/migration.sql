-- CreateEnum
CREATE TYPE "frame_ruling" AS ENUM ('NONE', 'PINNED', 'BANNED');

-- CreateEnum
CREATE TYPE "audit_action" AS ENUM ('PIN_COVER', 'UNPIN_COVER', 'BAN_FRAME', 'UNBAN_FRAME', 'SET_VIDEO_PERSONALIZATION', 'DELETE_VIDEO', 'SET_VIEWER_OPT_OUT', 'EXPORT_VIEWER', 'DELETE_VIEWER');

-- AlterTable
ALTER TABLE "video" ADD COLUMN "personalized" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "image" ADD COLUMN "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "candidate_frame" ADD COLUMN "ruling" "frame_ruling" NOT NULL DEFAULT 'NONE';

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" "audit_action" NOT NULL,
    "key_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "video_id" TEXT,
    "frame_id" UUID,
    "user_id" TEXT,
    "user_hash" CHAR(64),
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_video_id_at_id_idx" ON "audit_event"("video_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_user_hash_at_id_idx" ON "audit_event"("user_hash", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_user_id_idx" ON "audit_event"("user_id");

-- What follows is written by hand: Prisma's schema has no words for it.

CREATE UNIQUE INDEX "candidate_frame_one_is_pinned" ON "candidate_frame"("video_id") WHERE "ruling" = 'PINNED';

-- Of two bans at the same moment the second waits for the video's row, and then sees what the first has left.
CREATE FUNCTION "refuse_ban_of_every_frame"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM "video" WHERE "id" = NEW."video_id" FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM "candidate_frame" WHERE "video_id" = NEW."video_id" AND "ruling" <> 'BANNED') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            CONSTRAINT = 'candidate_frame_not_all_banned',
            MESSAGE = 'candidate_frame_not_all_banned: every frame of the video would be banned';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "candidate_frame_not_all_banned" AFTER UPDATE OF "ruling" ON "candidate_frame"
    FOR EACH ROW WHEN (NEW."ruling" = 'BANNED' AND OLD."ruling" <> 'BANNED') EXECUTE FUNCTION "refuse_ban_of_every_frame"();

-- Decisions are found by age, to be removed when they are old enough.
CREATE INDEX "cover_decision_decided_at_idx" ON "cover_decision"("decided_at");
CREATE INDEX "image_stored_at_idx" ON "image"("stored_at");

-- Every act has its subjects, and only those; the two sides of a change name the same things.
ALTER TABLE "audit_event"
    ADD CONSTRAINT "audit_event_subject_fits_action" CHECK (
        CASE
            WHEN "action" IN ('PIN_COVER', 'UNPIN_COVER', 'BAN_FRAME', 'UNBAN_FRAME')
                THEN num_nulls("video_id", "frame_id") = 0 AND num_nonnulls("user_id", "user_hash") = 0
            WHEN "action" IN ('SET_VIDEO_PERSONALIZATION', 'DELETE_VIDEO')
                THEN "video_id" IS NOT NULL AND num_nonnulls("frame_id", "user_id", "user_hash") = 0
            ELSE "user_hash" IS NOT NULL AND num_nonnulls("video_id", "frame_id") = 0
        END
    ),
    ADD CONSTRAINT "audit_event_user_hash_is_of_id" CHECK (
        "user_hash" ~ '^[0-9a-f]{64}$' AND ("user_id" IS NULL OR "user_hash" = encode(sha256(convert_to("user_id", 'UTF8')), 'hex'))
    ),
    ADD CONSTRAINT "audit_event_deleted_viewer_is_not_named" CHECK ("action" <> 'DELETE_VIEWER' OR "user_id" IS NULL),
    ADD CONSTRAINT "audit_event_change_is_of_objects" CHECK (jsonb_typeof("before") = 'object' AND jsonb_typeof("after") = 'object');
