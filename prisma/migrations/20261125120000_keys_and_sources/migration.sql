-- Videos and liked images may come from an https address.
ALTER TYPE "video_source_kind" ADD VALUE 'URL';
ALTER TYPE "like_source_kind" ADD VALUE 'URL';

-- A key that is revoked opens nothing; its row stays, so that what was done with it keeps its author.
ALTER TABLE "api_key" ADD COLUMN "revoked_at" TIMESTAMPTZ(3);

ALTER TABLE "api_key"
    ADD CONSTRAINT "api_key_name_is_one_line" CHECK ("name" !~ '[\x01-\x1f\x7f]');

-- What every process of the service must share and nobody else may know.
CREATE TABLE "service_secret" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_secret_pkey" PRIMARY KEY ("name")
);

ALTER TABLE "service_secret"
    ADD CONSTRAINT "service_secret_is_long_enough" CHECK (octet_length("value") >= 32);
