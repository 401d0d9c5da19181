//! Rows read and edited by hand, past the product.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "past the wrapper on purpose"
)]

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::World;

impl World {
    /// Runs statements as the owner of the database would.
    pub async fn edit_by_hand(&self, statements: &str) {
        if self.settings.database_url.is_some() {
            self.psql(statements).await;
        } else {
            let file = self.database_file().await;
            file.execute_unprepared(statements).await.unwrap();
        }
    }

    /// How many audit entries there are of an action.
    pub async fn audited(&self, action: &str) -> usize {
        self.count(&format!("SELECT id FROM audit WHERE action = '{action}'"))
            .await
    }

    /// How many rows there are of a selection.
    pub async fn count(&self, select: &str) -> usize {
        if self.settings.database_url.is_some() {
            return self.psql(select).await.lines().count();
        }
        let select = Statement::from_string(DbBackend::Sqlite, select.to_owned());
        let file = self.database_file().await;
        file.query_all_raw(select).await.unwrap().len()
    }

    async fn database_file(&self) -> DatabaseConnection {
        let file = self.settings.data.join("neopro.db");
        let url = format!("sqlite://{}", file.display());
        sea_orm::Database::connect(url).await.unwrap()
    }
}
