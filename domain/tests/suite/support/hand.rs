//! Rows edited by hand, past the product.

use sea_orm::ConnectionTrait;

use super::World;
use super::servers::psql;

impl World {
    /// Runs statements as the owner of the database would.
    #[expect(clippy::disallowed_methods, reason = "past the wrapper on purpose")]
    pub async fn edit_by_hand(&self, statements: &str) {
        if self.settings.database_url.is_some() {
            psql(&self.database_url(), statements);
            return;
        }
        let file = self.settings.data.join("neopro.db");
        let url = format!("sqlite://{}", file.display());
        let connection = sea_orm::Database::connect(url).await.unwrap();
        connection.execute_unprepared(statements).await.unwrap();
        connection.close().await.unwrap();
    }
}
