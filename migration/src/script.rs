//! The history as SQL for PostgreSQL: what the deployment guide has pasted into the SQL editor.
//!
//! Each script is one block that takes the lock of [`LOCK`] and applies only what the history does not
//! name yet: it may be run before the server's first start, after it, and again.

use sea_orm_migration::sea_orm::DbBackend;

use crate::sql::Sql;
use crate::{LOCK, changes};

/// A file of the deployment guide.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Script {
    /// `init-db.sql`: people, sites, videos.
    Base,
    /// `analytics-tables.sql`: plays, and everything since.
    Analytics,
}

/// The first migration of [`Script::Analytics`].
const FIRST_OF_ANALYTICS: &str = "m20261122_000008_create_plays";

/// Tables that the system before this one had too.
pub const SHARED_NAMES: [&str; 5] = ["analytics", "groups", "sites", "users", "videos"];

/// What refuses the tables of another program, in words of the operator's.
const REFUSAL: &str = "Cette base contient les tables d’un autre programme : rien n’a été changé. \
NeoPro veut une base vide.";

impl Script {
    /// Its text.
    pub fn text(self) -> String {
        let others = any_of(&SHARED_NAMES);
        let steps = changes()
            .into_iter()
            .filter(|change| self.holds(change.name()));
        let steps = steps.map(|change| {
            let mut sql = Sql::of(DbBackend::Postgres);
            change.up(&mut sql);
            step(change.name(), &sql.text())
        });
        format!(
            "-- NeoPro, tables de la base (PostgreSQL). Créé par « neopro migrate --sql » : ne pas modifier.
-- S’exécute avant ou après le premier démarrage du serveur, et plusieurs fois sans dommage.
DO $neopro$
BEGIN
PERFORM pg_advisory_xact_lock({LOCK});
IF to_regclass('seaql_migrations') IS NULL AND ({others}) THEN
    RAISE EXCEPTION '{REFUSAL}';
END IF;
CREATE TABLE IF NOT EXISTS seaql_migrations (version VARCHAR PRIMARY KEY, applied_at BIGINT NOT NULL);
{}
END
$neopro$;
",
            steps.collect::<String>()
        )
    }

    fn holds(self, migration: &str) -> bool {
        // Names are in the order of time.
        (migration < FIRST_OF_ANALYTICS) == (self == Self::Base)
    }
}

/// A change, unless the history names it.
fn step(name: &str, statements: &str) -> String {
    format!(
        "
IF NOT EXISTS (SELECT FROM seaql_migrations WHERE version = '{name}') THEN
{statements}INSERT INTO seaql_migrations VALUES ('{name}', extract(epoch FROM now())::bigint);
END IF;
"
    )
}

/// Every table that the history creates, oldest first: what a table refers to comes before it. Parts of
/// partitioned tables are not named. A table that was dropped since may be.
pub fn tables() -> Vec<String> {
    let made = |line: &str| {
        let (name, rest) = line.strip_prefix("CREATE TABLE ")?.split_once(' ')?;
        let is_table = rest.starts_with('(');
        is_table.then(|| name.to_owned())
    };
    let scripts = [Script::Base.text(), Script::Analytics.text()].concat();
    scripts.lines().filter_map(made).collect()
}

/// A condition that holds where one of these tables exists.
pub fn any_of(tables: &[&str]) -> String {
    let there = tables
        .iter()
        .map(|table| format!("to_regclass('{table}') IS NOT NULL"));
    there.collect::<Vec<_>>().join(" OR ")
}
