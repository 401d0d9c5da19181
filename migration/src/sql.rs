//! SQL that PostgreSQL and SQLite both read.

use sea_orm_migration::MigrationName;
use sea_orm_migration::sea_orm::DbBackend;

/// One change of the schema, as statements: they are run, or written down for who runs them by hand.
pub(crate) trait Change: MigrationName + Send + Sync {
    /// Makes it.
    fn up(&self, sql: &mut Sql);

    /// Takes it back.
    fn down(&self, sql: &mut Sql);
}

/// Statements for one of the databases.
pub(crate) struct Sql {
    backend: DbBackend,
    text: String,
}

impl Sql {
    /// None yet.
    pub(crate) fn of(backend: DbBackend) -> Self {
        Self {
            backend,
            text: String::new(),
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.backend == DbBackend::Sqlite
    }

    /// What was said so far.
    pub(crate) fn text(self) -> String {
        self.text
    }

    /// Adds statements, each with its `;`. Words in braces differ between the databases: `{new_id}` a
    /// fresh id and `{now}` the time of day, both as defaults of columns.
    pub(crate) fn run(&mut self, statements: &str) {
        let (new_id, now) = if self.is_sqlite() {
            (
                "(randomblob(16))",
                // The form in which sea-orm writes times, so that texts compare like times.
                "(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
            )
        } else {
            ("gen_random_uuid()", "now()")
        };
        let statements = statements.replace("{new_id}", new_id).replace("{now}", now);
        self.text.push_str(statements.trim());
        self.text.push('\n');
    }

    /// Adds statements for PostgreSQL only.
    pub(crate) fn on_postgres(&mut self, statements: &str) {
        if !self.is_sqlite() {
            self.run(statements);
        }
    }

    /// Closes tables to the REST doors that hosts such as Supabase put before the schema `public`:
    /// without a policy, row security lets only the tables' owner in.
    pub(crate) fn close_to_others(&mut self, tables: &[&str]) {
        for table in tables {
            self.on_postgres(&format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"));
        }
    }

    /// Makes every insert, delete and update of `columns` in `table` bump the row `topic` of
    /// `changes`, whoever makes it: rows may be edited by hand.
    pub(crate) fn watch(&mut self, table: &str, columns: &str, topic: &str) {
        let update = format!("UPDATE OF {columns}");
        for event in [
            ("INSERT", "insert"),
            ("DELETE", "delete"),
            (update.as_str(), "update"),
        ] {
            self.tell(table, event, topic);
        }
    }

    /// Makes one kind of change of `table` bump the row `topic` of `changes`; the suffix names its
    /// trigger.
    pub(crate) fn tell(&mut self, table: &str, (event, suffix): (&str, &str), topic: &str) {
        let name = format!("{table}_changed_by_{suffix}");
        let statement = if self.is_sqlite() {
            format!(
                "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
                         UPDATE changes SET version = version + 1 WHERE topic = '{topic}';
                     END;"
            )
        } else {
            format!(
                "CREATE TRIGGER {name} AFTER {event} ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('{topic}');"
            )
        };
        self.run(&statement);
    }

    /// Takes back what [`Sql::tell`] made.
    pub(crate) fn forget(&mut self, table: &str, suffix: &str) {
        let on = if self.is_sqlite() {
            String::new()
        } else {
            format!(" ON {table}")
        };
        self.run(&format!("DROP TRIGGER {table}_changed_by_{suffix}{on};"));
    }
}
