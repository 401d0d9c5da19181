-- NeoPro, tables de la base (PostgreSQL). Créé par « neopro migrate --sql » : ne pas modifier.
-- S’exécute avant ou après le premier démarrage du serveur, et plusieurs fois sans dommage.
DO $neopro$
BEGIN
PERFORM pg_advisory_xact_lock(121381940392559);
IF to_regclass('seaql_migrations') IS NULL AND (to_regclass('analytics') IS NOT NULL OR to_regclass('groups') IS NOT NULL OR to_regclass('sites') IS NOT NULL OR to_regclass('users') IS NOT NULL OR to_regclass('videos') IS NOT NULL) THEN
    RAISE EXCEPTION 'Cette base contient les tables d’un autre programme : rien n’a été changé. NeoPro veut une base vide.';
END IF;
CREATE TABLE IF NOT EXISTS seaql_migrations (version VARCHAR PRIMARY KEY, applied_at BIGINT NOT NULL);

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000008_create_plays') THEN
CREATE TABLE analytics (
    site_id               UUID        NOT NULL,
    played_at             TIMESTAMPTZ NOT NULL,
    id                    UUID        NOT NULL,
    boot_id               UUID        NOT NULL,
    seq                   BIGINT      NOT NULL,
    video_id              UUID        NOT NULL,
    sha256                TEXT        NOT NULL,
    configuration_version INTEGER     NOT NULL,
    duration_ms           BIGINT      NOT NULL,
    shown_ms              BIGINT      NOT NULL,
    outcome               TEXT        NOT NULL,
    clock                 TEXT        NOT NULL,
    site_name             TEXT        NOT NULL,
    video_name            TEXT        NOT NULL,
    local_day             DATE        NOT NULL,
    local_hour            INTEGER     NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    utc_offset_s          INTEGER     NOT NULL,
    received_at           TIMESTAMPTZ NOT NULL,
    corrected_at          TIMESTAMPTZ,
    quarantine            TEXT,
    PRIMARY KEY (site_id, played_at, id)
) PARTITION BY RANGE (played_at);
CREATE INDEX analytics_day ON analytics (local_day, site_id);
CREATE INDEX analytics_site_day ON analytics (site_id, local_day);
CREATE INDEX analytics_video_day ON analytics (video_id, local_day);

-- Counted in the transaction that stores the plays; outcome is 'quarantined' for those that
-- do not count.
CREATE TABLE play_days (
    site_id  UUID   NOT NULL,
    day      DATE   NOT NULL,
    video_id UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (site_id, day, video_id, outcome)
);
CREATE INDEX play_days_day ON play_days (day);
CREATE INDEX play_days_video ON play_days (video_id, day);
CREATE TABLE analytics_default PARTITION OF analytics DEFAULT;

CREATE FUNCTION ensure_analytics_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begins timestamptz := date_trunc('month', month)::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    name   text := 'analytics_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_analytics_month'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE analytics INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('WITH moved AS (DELETE FROM analytics_default WHERE played_at >= %L AND played_at < %L RETURNING *)
                    INSERT INTO %I SELECT * FROM moved', begins, ends, name);
    EXECUTE format('ALTER TABLE analytics ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
END
$$;
ALTER TABLE analytics ENABLE ROW LEVEL SECURITY;
ALTER TABLE analytics_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE play_days ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000008_create_plays', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000009_create_audit') THEN
CREATE TABLE audit (
    id          UUID        PRIMARY KEY,
    at          TIMESTAMPTZ NOT NULL,
    actor_kind  TEXT        NOT NULL,
    actor_id    UUID,
    actor_name  TEXT        NOT NULL,
    action      TEXT        NOT NULL,
    object_id   UUID,
    details     JSONB       NOT NULL
);
CREATE INDEX audit_newest ON audit (at);
CREATE INDEX audit_object ON audit (object_id, at);
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000009_create_audit', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000010_create_uploads') THEN
-- received: bytes that are durable; what the storage has beyond them is cut off.
-- state: open, kept (as video_id) or refused (with the stable name of the refusal).
CREATE TABLE uploads (
    id          UUID        PRIMARY KEY,
    owner_id    UUID        NOT NULL,
    file_name   TEXT        NOT NULL,
    size        BIGINT      NOT NULL CHECK (size > 0),
    modified_ms BIGINT,
    sha256      TEXT        CHECK (length(sha256) = 64),
    received    BIGINT      NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    state       TEXT        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'refused')),
    refusal     TEXT,
    video_id    UUID,
    created_at  TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX uploads_owner ON uploads (owner_id, state);
CREATE INDEX uploads_expiry ON uploads (expires_at);

-- Files of the storage that no video names, not yet or no longer. A name is written here before
-- its file is, and goes when a video takes it: what stays for long is removed with its file.
CREATE TABLE unclaimed_files (
    storage_key TEXT        PRIMARY KEY,
    since       TIMESTAMPTZ NOT NULL
);
ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE unclaimed_files ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000010_create_uploads', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000011_manage_videos') THEN
-- A deleted video keeps its row: its plays are proof, and a player that comes back after weeks
-- still delivers some. The same bytes uploaded again bring it back.
ALTER TABLE videos ADD COLUMN deleted_at TIMESTAMPTZ;

CREATE TABLE video_tags (
    video_id UUID NOT NULL REFERENCES videos (id),
    tag      TEXT NOT NULL,
    PRIMARY KEY (video_id, tag)
);
CREATE INDEX video_tags_tag ON video_tags (tag, video_id);
ALTER TABLE video_tags ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000011_manage_videos', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000012_keep_reports') THEN
ALTER TABLE sites ADD COLUMN report JSONB;
ALTER TABLE sites DROP COLUMN on_screen_position_ms;
ALTER TABLE sites DROP COLUMN download_files;
ALTER TABLE sites DROP COLUMN download_files_ready;
ALTER TABLE sites DROP COLUMN download_bytes;
ALTER TABLE sites DROP COLUMN download_bytes_ready;
ALTER TABLE sites DROP COLUMN waiting_plays;
INSERT INTO seaql_migrations VALUES ('m20261122_000012_keep_reports', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000013_create_health') THEN
ALTER TABLE sites ADD COLUMN expected_hours JSONB;

-- Sums of what reports told; a count of 0 means that none told it. Shares are in percent,
-- temperatures in thousandths of a degree Celsius.
CREATE TABLE health (
    site_id           UUID        NOT NULL,
    step_s            INTEGER     NOT NULL CHECK (step_s IN (900, 3600)),
    begins_at         TIMESTAMPTZ NOT NULL,
    reports           BIGINT      NOT NULL,
    online_ms         BIGINT      NOT NULL,
    cpu_sum           BIGINT      NOT NULL,
    cpu_count         BIGINT      NOT NULL,
    cpu_most          BIGINT      NOT NULL,
    memory_sum        BIGINT      NOT NULL,
    memory_count      BIGINT      NOT NULL,
    memory_most       BIGINT      NOT NULL,
    temperature_sum   BIGINT      NOT NULL,
    temperature_count BIGINT      NOT NULL,
    temperature_most  BIGINT      NOT NULL,
    disk_sum          BIGINT      NOT NULL,
    disk_count        BIGINT      NOT NULL,
    disk_most         BIGINT      NOT NULL,
    throttled         BIGINT      NOT NULL,
    throttled_known   BIGINT      NOT NULL,
    PRIMARY KEY (site_id, step_s, begins_at)
);
CREATE INDEX health_age ON health (step_s, begins_at);

-- Time in which a server listened, by hour: what happened at other times is not known.
CREATE TABLE listening (
    begins_at    TIMESTAMPTZ PRIMARY KEY,
    listened_ms  BIGINT      NOT NULL
);
ALTER TABLE health ENABLE ROW LEVEL SECURITY;
ALTER TABLE listening ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000013_create_health', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000015_add_key_states') THEN
-- is_accepted: false while a pending key waits for an admin. boots: the last runs that used the
-- key, oldest first. last_seen: of a retired one; the current one's is its site's.
ALTER TABLE players ADD COLUMN is_accepted BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE players ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE players ADD COLUMN last_seen TIMESTAMPTZ;
ALTER TABLE players ADD COLUMN retired_at TIMESTAMPTZ;
ALTER TABLE players ADD COLUMN boots JSONB NOT NULL DEFAULT '[]';
ALTER TABLE sites ADD COLUMN clone_seen_at TIMESTAMPTZ;

-- Keys that never open anything again: their boxes are told to make new ones.
CREATE TABLE revoked_keys (
    key_id     TEXT        PRIMARY KEY CHECK (length(key_id) = 64),
    public_key TEXT        NOT NULL CHECK (length(public_key) = 64),
    revoked_at TIMESTAMPTZ NOT NULL
);
ALTER TABLE revoked_keys ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000015_add_key_states', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000016_add_session_use') THEN
-- step_up_at: when the password was typed again. last_used_at: at most some minutes behind.
ALTER TABLE sessions ADD COLUMN step_up_at TIMESTAMPTZ;
ALTER TABLE sessions ADD COLUMN last_used_at TIMESTAMPTZ;
INSERT INTO seaql_migrations VALUES ('m20261122_000016_add_session_use', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000017_keep_writers_out') THEN
CREATE OR REPLACE FUNCTION ensure_analytics_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begins timestamptz := date_trunc('month', month)::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    name   text := 'analytics_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_analytics_month'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    LOCK TABLE analytics IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE analytics INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('WITH moved AS (DELETE FROM analytics_default WHERE played_at >= %L AND played_at < %L RETURNING *)
                    INSERT INTO %I SELECT * FROM moved', begins, ends, name);
    EXECUTE format('ALTER TABLE analytics ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
END
$$;
INSERT INTO seaql_migrations VALUES ('m20261122_000017_keep_writers_out', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000018_add_pictures') THEN
ALTER TABLE videos ADD COLUMN kind TEXT NOT NULL DEFAULT 'film' CHECK (kind IN ('film', 'picture'));
INSERT INTO seaql_migrations VALUES ('m20261122_000018_add_pictures', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000019_roll_up_plays') THEN
CREATE TABLE play_hours (
    day      DATE    NOT NULL,
    hour     INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    outcome  TEXT    NOT NULL,
    count    BIGINT  NOT NULL CHECK (count >= 0),
    shown_ms BIGINT  NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, hour, outcome)
) ;
CREATE TABLE play_video_days (
    day      DATE   NOT NULL,
    video_id UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, video_id, outcome)
) ;
CREATE INDEX play_video_days_video ON play_video_days (video_id, day);
CREATE TABLE play_site_days (
    day      DATE   NOT NULL,
    site_id  UUID   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL CHECK (count >= 0),
    shown_ms BIGINT NOT NULL CHECK (shown_ms >= 0),
    PRIMARY KEY (day, site_id, outcome)
) ;

INSERT INTO play_hours (day, hour, outcome, count, shown_ms)
SELECT local_day, local_hour,
       CASE WHEN quarantine IS NULL THEN outcome ELSE 'quarantined' END,
       count(*),
       sum(CASE WHEN quarantine IS NULL THEN shown_ms ELSE 0 END)
FROM analytics GROUP BY 1, 2, 3;
INSERT INTO play_video_days (day, video_id, outcome, count, shown_ms)
SELECT day, video_id, outcome, sum(count), sum(shown_ms) FROM play_days GROUP BY 1, 2, 3;
INSERT INTO play_site_days (day, site_id, outcome, count, shown_ms)
SELECT day, site_id, outcome, sum(count), sum(shown_ms) FROM play_days GROUP BY 1, 2, 3;
DROP INDEX play_days_day;
CREATE INDEX sites_by_status ON sites (is_active, status, name, id);
CREATE INDEX sites_by_silence ON sites (is_active, status, last_seen, id);
CREATE INDEX sites_by_screen ON sites (is_active, status, screen, name, id);
ALTER TABLE play_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE play_video_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE play_site_days ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000019_roll_up_plays', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000020_keep_bounds') THEN
ALTER TABLE analytics ADD COLUMN not_before TIMESTAMPTZ;
             ALTER TABLE analytics ADD COLUMN not_after TIMESTAMPTZ;
INSERT INTO seaql_migrations VALUES ('m20261122_000020_keep_bounds', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000021_keep_screens') THEN
ALTER TABLE sites ADD COLUMN on_screen_since TIMESTAMPTZ;
             ALTER TABLE sites ADD COLUMN on_screen_position_ms BIGINT;
INSERT INTO seaql_migrations VALUES ('m20261122_000021_keep_screens', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000022_create_groups') THEN
CREATE TABLE groups (
    id         UUID        PRIMARY KEY DEFAULT gen_random_uuid(),
    name       TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX groups_name ON groups (lower(name));
ALTER TABLE groups ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000022_create_groups', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000023_share_sessions') THEN
-- name: tells this installation from others that share its Redis.
-- leader: the instance that does, until then, what one alone has to do.
CREATE TABLE installation (
    id          INTEGER     PRIMARY KEY CHECK (id = 1),
    name        TEXT        NOT NULL,
    leader      UUID,
    leads_until TIMESTAMPTZ
);
INSERT INTO installation (id, name) VALUES (1, replace(gen_random_uuid()::text, '-', ''));
INSERT INTO changes (topic) VALUES ('sessions');
ALTER TABLE installation ENABLE ROW LEVEL SECURITY;
CREATE TRIGGER sessions_changed_by_delete AFTER DELETE ON sessions
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('sessions');
CREATE TRIGGER sessions_changed_by_update AFTER UPDATE OF user_id, expires_at ON sessions
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('sessions');
INSERT INTO seaql_migrations VALUES ('m20261123_000023_share_sessions', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000024_create_messages') THEN
-- object: what the kind is about, a site's id or a dependency's name. announced: whether its
-- beginning was told, so that its end is.
CREATE TABLE alerts (
    id              UUID        PRIMARY KEY,
    kind            TEXT        NOT NULL,
    object          TEXT        NOT NULL,
    site_id         UUID,
    name            TEXT        NOT NULL,
    figures         JSONB       NOT NULL,
    announced       BOOLEAN     NOT NULL,
    opened_at       TIMESTAMPTZ NOT NULL,
    closed_at       TIMESTAMPTZ,
    acknowledged_at TIMESTAMPTZ,
    acknowledged_by TEXT
);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, object) WHERE closed_at IS NULL;
CREATE INDEX alerts_age ON alerts (opened_at);

CREATE TABLE alert_mutes (
    site_id UUID        PRIMARY KEY,
    until   TIMESTAMPTZ NOT NULL
);

CREATE TABLE messages (
    id              UUID        PRIMARY KEY,
    dedupe_key      TEXT        NOT NULL UNIQUE,
    channel         TEXT        NOT NULL,
    recipient       TEXT        NOT NULL,
    content         JSONB       NOT NULL,
    state           TEXT        NOT NULL,
    attempts        INTEGER     NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    fault           TEXT,
    created_at      TIMESTAMPTZ NOT NULL,
    settled_at      TIMESTAMPTZ
);
CREATE INDEX messages_due ON messages (state, next_attempt_at);
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_mutes ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261123_000024_create_messages', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000026_count_refreshes') THEN
-- refreshes: names the one refresh token that is good; the one before it was used at refreshed_at.
ALTER TABLE sessions ADD COLUMN refreshes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN refreshed_at TIMESTAMPTZ;
INSERT INTO seaql_migrations VALUES ('m20261123_000026_count_refreshes', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000027_create_password_resets') THEN
-- token_hash: SHA-256 of what the link holds; nothing until its mail goes out. ended_at: when it was used, or
-- when another took its place.
CREATE TABLE password_resets (
    id         UUID        PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash TEXT        UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX password_resets_user ON password_resets (user_id, created_at);
CREATE INDEX password_resets_expiry ON password_resets (expires_at);
ALTER TABLE password_resets ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261123_000027_create_password_resets', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000028_reconcile_storage') THEN
-- missing_since: when the video's file was first found not to be in the storage.
ALTER TABLE videos ADD COLUMN missing_since TIMESTAMPTZ;
CREATE INDEX videos_missing ON videos (id) WHERE missing_since IS NOT NULL;
CREATE INDEX videos_storage_key ON videos (storage_key);

-- seen_at: the last look at the storage that saw the object; one that it does not see takes the row away.
-- state: found, waiting (to be imported), imported, known (the library had these bytes), refused, ignored.
CREATE TABLE foreign_objects (
    id            UUID        PRIMARY KEY,
    storage_key   TEXT        NOT NULL UNIQUE,
    size          BIGINT      NOT NULL,
    modified_at   TIMESTAMPTZ NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    seen_at       TIMESTAMPTZ NOT NULL,
    state         TEXT        NOT NULL,
    refusal       TEXT,
    video_id      UUID
);
CREATE INDEX foreign_objects_newest ON foreign_objects (first_seen_at DESC, id);
ALTER TABLE foreign_objects ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261123_000028_reconcile_storage', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000029_send_straight_to_the_bucket') THEN
-- multipart_id: what the object store calls it; nothing where parts pass through the server.
-- parts_sha256: the hash of the hashes of what was received, part by part.
ALTER TABLE uploads ADD COLUMN multipart_id TEXT;
ALTER TABLE uploads ADD COLUMN parts_sha256 TEXT CHECK (length(parts_sha256) = 64);
INSERT INTO seaql_migrations VALUES ('m20261123_000029_send_straight_to_the_bucket', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261123_000030_watch_publications') THEN
CREATE TRIGGER sites_changed_by_publication AFTER UPDATE OF published_version ON sites
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('configurations');
CREATE TRIGGER videos_changed_by_library AFTER UPDATE OF kind, video_codec, deleted_at ON videos
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('videos');
INSERT INTO seaql_migrations VALUES ('m20261123_000030_watch_publications', extract(epoch FROM now())::bigint);
END IF;

END
$neopro$;
