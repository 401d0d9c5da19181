-- NeoPro, tables de la base (PostgreSQL). Créé par « neopro migrate --sql » : ne pas modifier.
-- S’exécute avant ou après le premier démarrage du serveur, et plusieurs fois sans dommage.
DO $neopro$
BEGIN
PERFORM pg_advisory_xact_lock(121381940392559);
IF to_regclass('seaql_migrations') IS NULL AND (to_regclass('analytics') IS NOT NULL OR to_regclass('groups') IS NOT NULL OR to_regclass('sites') IS NOT NULL OR to_regclass('users') IS NOT NULL OR to_regclass('videos') IS NOT NULL) THEN
    RAISE EXCEPTION 'Cette base contient les tables d’un autre programme : rien n’a été changé. NeoPro veut une base vide.';
END IF;
CREATE TABLE IF NOT EXISTS seaql_migrations (version VARCHAR PRIMARY KEY, applied_at BIGINT NOT NULL);

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000001_create_changes') THEN
CREATE TABLE changes (
    topic   TEXT   PRIMARY KEY,
    version BIGINT NOT NULL DEFAULT 0
);
INSERT INTO changes (topic) VALUES ('users'), ('sites'), ('players'), ('videos'), ('configurations');
CREATE FUNCTION bump_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE changes SET version = version + 1 WHERE topic = TG_ARGV[0];
    RETURN NULL;
END
$$;
ALTER TABLE changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE seaql_migrations ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000001_create_changes', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000002_create_users') THEN
CREATE TABLE users (
    id            UUID        PRIMARY KEY DEFAULT gen_random_uuid(),
    email         TEXT        NOT NULL,
    password_hash TEXT        NOT NULL,
    full_name     TEXT        NOT NULL DEFAULT '',
    role          TEXT        NOT NULL DEFAULT 'viewer',
    is_active     BOOLEAN     NOT NULL DEFAULT TRUE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE TRIGGER users_changed_by_insert AFTER INSERT ON users
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('users');
CREATE TRIGGER users_changed_by_delete AFTER DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('users');
CREATE TRIGGER users_changed_by_update AFTER UPDATE OF email, password_hash, full_name, role, is_active ON users
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('users');
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000002_create_users', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000003_create_sessions') THEN
CREATE TABLE sessions (
    id         UUID        PRIMARY KEY,
    user_id    UUID        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    address    TEXT        NOT NULL,
    user_agent TEXT
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- key: SHA-256 of what is counted; clears_at_ms: when its failures are forgotten, since 1970.
CREATE TABLE login_throttle (
    key          TEXT   PRIMARY KEY,
    clears_at_ms BIGINT NOT NULL
);
CREATE INDEX login_throttle_end ON login_throttle (clears_at_ms);

CREATE TABLE first_run_code (
    id         INTEGER     PRIMARY KEY CHECK (id = 1),
    code_hash  TEXT        NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_throttle ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_run_code ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000003_create_sessions', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000004_create_sites') THEN
CREATE TABLE sites (
    id                     UUID        PRIMARY KEY DEFAULT gen_random_uuid(),
    name                   TEXT        NOT NULL,
    club                   TEXT        NOT NULL DEFAULT '',
    city                   TEXT        NOT NULL DEFAULT '',
    time_zone              TEXT        NOT NULL DEFAULT 'Europe/Paris',
    status                 TEXT        NOT NULL DEFAULT 'pending'
                           CHECK (status IN ('pending', 'online', 'offline')),
    last_seen              TIMESTAMPTZ,
    is_active              BOOLEAN     NOT NULL DEFAULT TRUE,
    screen                 TEXT        NOT NULL DEFAULT 'off',
    on_screen_video_id     UUID,
    on_screen_position_ms  BIGINT      NOT NULL DEFAULT 0,
    published_version      INTEGER,
    applied_version        INTEGER,
    download_files         INTEGER,
    download_files_ready   INTEGER,
    download_bytes         BIGINT,
    download_bytes_ready   BIGINT,
    waiting_plays          BIGINT,
    created_at             TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at             TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX sites_name ON sites (name, id);
CREATE INDEX sites_status ON sites (status, last_seen);
CREATE TRIGGER sites_changed_by_insert AFTER INSERT ON sites
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('sites');
CREATE TRIGGER sites_changed_by_delete AFTER DELETE ON sites
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('sites');
CREATE TRIGGER sites_changed_by_update AFTER UPDATE OF name, club, city, time_zone, is_active ON sites
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('sites');
ALTER TABLE sites ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000004_create_sites', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000005_create_players') THEN
-- key_id: hexadecimal SHA-256 of the Ed25519 public key.
CREATE TABLE players (
    site_id          UUID        NOT NULL REFERENCES sites (id),
    key_id           TEXT        NOT NULL UNIQUE CHECK (length(key_id) = 64),
    public_key       TEXT        NOT NULL CHECK (length(public_key) = 64),
    hardware         JSONB       NOT NULL,
    state            TEXT        NOT NULL CHECK (state IN ('current', 'pending', 'retiring')),
    accepted_at      TIMESTAMPTZ NOT NULL,
    accepted_by      UUID,
    accepted_by_name TEXT        NOT NULL,
    last_boot_id     UUID,
    player_version   TEXT,
    clock            TEXT,
    PRIMARY KEY (site_id, key_id)
);
CREATE UNIQUE INDEX players_one_per_state ON players (site_id, state);

CREATE TABLE enrolments (
    id               UUID        PRIMARY KEY,
    code             TEXT        NOT NULL,
    words            TEXT        NOT NULL,
    poll_secret_hash TEXT        NOT NULL UNIQUE,
    public_key       TEXT        NOT NULL CHECK (length(public_key) = 64),
    hardware         JSONB       NOT NULL,
    address          TEXT        NOT NULL,
    network          TEXT        NOT NULL,
    state            TEXT        NOT NULL CHECK (state IN ('pending', 'accepted')),
    site_id          UUID        REFERENCES sites (id),
    requested_at     TIMESTAMPTZ NOT NULL,
    expires_at       TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX enrolments_code ON enrolments (code) WHERE state = 'pending';
CREATE INDEX enrolments_network ON enrolments (network, requested_at);
CREATE INDEX enrolments_expiry ON enrolments (expires_at);
CREATE TRIGGER players_changed_by_insert AFTER INSERT ON players
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('players');
CREATE TRIGGER players_changed_by_delete AFTER DELETE ON players
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('players');
CREATE TRIGGER players_changed_by_update AFTER UPDATE OF site_id, key_id, public_key, state ON players
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('players');
ALTER TABLE players ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolments ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000005_create_players', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000006_create_videos') THEN
CREATE TABLE videos (
    id            UUID             PRIMARY KEY,
    sha256        TEXT             NOT NULL UNIQUE CHECK (length(sha256) = 64),
    name          TEXT             NOT NULL,
    size          BIGINT           NOT NULL CHECK (size > 0),
    duration_ms   BIGINT           NOT NULL CHECK (duration_ms > 0),
    width         INTEGER          NOT NULL CHECK (width > 0),
    height        INTEGER          NOT NULL CHECK (height > 0),
    frame_rate    DOUBLE PRECISION NOT NULL,
    video_codec   TEXT             NOT NULL,
    audio_codec   TEXT,
    storage_key   TEXT             NOT NULL,
    has_thumbnail BOOLEAN          NOT NULL DEFAULT FALSE,
    created_at    TIMESTAMPTZ      NOT NULL,
    created_by    UUID
);
CREATE INDEX videos_newest ON videos (created_at DESC, id);
CREATE INDEX videos_name ON videos (name, id);
CREATE TRIGGER videos_changed_by_insert AFTER INSERT ON videos
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('videos');
CREATE TRIGGER videos_changed_by_delete AFTER DELETE ON videos
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('videos');
CREATE TRIGGER videos_changed_by_update AFTER UPDATE OF sha256, name, size, duration_ms, storage_key ON videos
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('videos');
ALTER TABLE videos ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000006_create_videos', extract(epoch FROM now())::bigint);
END IF;

IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = 'm20261122_000007_create_configurations') THEN
-- document: the JSON text as it was published.
CREATE TABLE configurations (
    site_id           UUID        NOT NULL REFERENCES sites (id),
    version           INTEGER     NOT NULL CHECK (version > 0),
    document          TEXT        NOT NULL,
    comment           TEXT        NOT NULL DEFAULT '',
    published_by      UUID,
    published_by_name TEXT        NOT NULL,
    published_at      TIMESTAMPTZ NOT NULL,
    video_count       INTEGER     NOT NULL CHECK (video_count >= 0),
    duration_ms       BIGINT      NOT NULL CHECK (duration_ms >= 0),
    PRIMARY KEY (site_id, version)
);
CREATE INDEX configurations_newest ON configurations (published_at);

-- Answers where a video is shown, without reading documents.
CREATE TABLE configuration_videos (
    site_id  UUID    NOT NULL,
    version  INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    video_id UUID    NOT NULL REFERENCES videos (id),
    PRIMARY KEY (site_id, version, position),
    FOREIGN KEY (site_id, version) REFERENCES configurations (site_id, version)
);
CREATE INDEX configuration_videos_video ON configuration_videos (video_id, site_id, version);

-- body: canonical bytes that the player gets; etag is their SHA-256 in hexadecimal.
-- previous_files: manifest of the state before, which the player may still be fetching.
CREATE TABLE desired_states (
    site_id               UUID        PRIMARY KEY REFERENCES sites (id),
    etag                  TEXT        NOT NULL,
    body                  BYTEA       NOT NULL,
    configuration_version INTEGER     NOT NULL,
    files                 JSONB       NOT NULL,
    previous_files        JSONB       NOT NULL,
    updated_at            TIMESTAMPTZ NOT NULL
);
CREATE TRIGGER configurations_changed_by_insert AFTER INSERT ON configurations
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('configurations');
CREATE TRIGGER configurations_changed_by_delete AFTER DELETE ON configurations
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('configurations');
CREATE TRIGGER configurations_changed_by_update AFTER UPDATE OF document ON configurations
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('configurations');
ALTER TABLE configurations ENABLE ROW LEVEL SECURITY;
ALTER TABLE configuration_videos ENABLE ROW LEVEL SECURITY;
ALTER TABLE desired_states ENABLE ROW LEVEL SECURITY;
INSERT INTO seaql_migrations VALUES ('m20261122_000007_create_configurations', extract(epoch FROM now())::bigint);
END IF;

END
$neopro$;
