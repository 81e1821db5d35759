-- Whoever writes is heard: processes keep what they read of viewers, videos and keys, and drop it when it is announced here.
-- A payload is a kind, and the id of what has changed; without an id, all of the kind has. Postgres sends those of a
-- transaction when it commits, each once.

CREATE FUNCTION "announce_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind CONSTANT text := TG_ARGV[0];
    id_column CONSTANT text := TG_ARGV[1];
    earlier CONSTANT text := to_jsonb(OLD) ->> id_column;
    later CONSTANT text := to_jsonb(NEW) ->> id_column;
BEGIN
    IF earlier IS NOT NULL THEN
        PERFORM pg_notify('facet_change', kind || ' ' || earlier);
    END IF;
    IF later IS NOT NULL AND later IS DISTINCT FROM earlier THEN
        PERFORM pg_notify('facet_change', kind || ' ' || later);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION "announce_change_of_all"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('facet_change', TG_ARGV[0]);
    RETURN NULL;
END
$$;

-- A viewer that is not there is known, too: as a newcomer.
CREATE TRIGGER "viewer_change_is_announced" AFTER INSERT OR UPDATE OR DELETE ON "viewer"
    FOR EACH ROW EXECUTE FUNCTION "announce_change"('viewer', 'id');
CREATE TRIGGER "liked_image_change_is_announced" AFTER INSERT OR UPDATE OR DELETE ON "liked_image"
    FOR EACH ROW EXECUTE FUNCTION "announce_change"('viewer', 'user_id');
-- A decision that goes with its viewer or its video is announced by those: a video may have a million of them.
CREATE TRIGGER "cover_decision_change_is_announced" AFTER UPDATE OR DELETE ON "cover_decision"
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "announce_change"('viewer', 'user_id');

CREATE TRIGGER "video_change_is_announced" AFTER UPDATE OR DELETE ON "video"
    FOR EACH ROW EXECUTE FUNCTION "announce_change"('video', 'id');
CREATE TRIGGER "candidate_frame_change_is_announced" AFTER INSERT OR UPDATE OR DELETE ON "candidate_frame"
    FOR EACH ROW EXECUTE FUNCTION "announce_change"('video', 'video_id');

-- Not where only the time of its last use is written.
CREATE TRIGGER "api_key_change_is_announced" AFTER UPDATE OF "name", "role", "hash", "revoked_at" OR DELETE ON "api_key"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('key');

CREATE TRIGGER "viewer_truncation_is_announced" AFTER TRUNCATE ON "viewer"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('viewer');
CREATE TRIGGER "liked_image_truncation_is_announced" AFTER TRUNCATE ON "liked_image"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('viewer');
CREATE TRIGGER "cover_decision_truncation_is_announced" AFTER TRUNCATE ON "cover_decision"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('viewer');
CREATE TRIGGER "video_truncation_is_announced" AFTER TRUNCATE ON "video"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('video');
CREATE TRIGGER "candidate_frame_truncation_is_announced" AFTER TRUNCATE ON "candidate_frame"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('video');
CREATE TRIGGER "api_key_truncation_is_announced" AFTER TRUNCATE ON "api_key"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_change_of_all"('key');
