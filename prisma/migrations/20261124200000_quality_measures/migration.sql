-- Frames of before were not measured so: they are taken for faultless. Register a video anew to have its frames measured.
ALTER TABLE "candidate_frame"
    ADD COLUMN "clipping" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "noise" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "smear" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "detail" DOUBLE PRECISION NOT NULL DEFAULT 1,
    ADD COLUMN "text" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "steadiness" DOUBLE PRECISION NOT NULL DEFAULT 1;

ALTER TABLE "candidate_frame"
    ALTER COLUMN "clipping" DROP DEFAULT,
    ALTER COLUMN "noise" DROP DEFAULT,
    ALTER COLUMN "smear" DROP DEFAULT,
    ALTER COLUMN "detail" DROP DEFAULT,
    ALTER COLUMN "text" DROP DEFAULT,
    ALTER COLUMN "steadiness" DROP DEFAULT;

-- ALL is false of NaN, which Postgres holds to be greater than infinity.
ALTER TABLE "candidate_frame"
    DROP CONSTRAINT "candidate_frame_measures_in_range",
    ADD CONSTRAINT "candidate_frame_measures_in_range" CHECK (
        0 <= ALL (ARRAY["brightness", "contrast", "sharpness", "uniformity", "colourfulness", "noise", "quality_score", "unsafe_score"])
        AND 'Infinity' > ALL (ARRAY["brightness", "contrast", "sharpness", "uniformity", "colourfulness", "noise", "quality_score", "unsafe_score"])
    ),
    ADD CONSTRAINT "candidate_frame_shares_in_range" CHECK (
        0 <= ALL (ARRAY["clipping", "smear", "detail", "text", "steadiness"])
        AND 1 >= ALL (ARRAY["clipping", "smear", "detail", "text", "steadiness"])
    );
