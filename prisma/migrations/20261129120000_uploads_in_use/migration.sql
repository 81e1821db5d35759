-- Whether a video still needs an upload is asked with every like by upload: at a million videos it read them all.
CREATE INDEX "video_by_upload" ON "video"("source_ref") WHERE "source_kind" = 'UPLOAD';
