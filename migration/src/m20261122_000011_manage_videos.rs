//! Tags of videos, and videos that left the library.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "
-- A deleted video keeps its row: its plays are proof, and a player that comes back after weeks
-- still delivers some. The same bytes uploaded again bring it back.
ALTER TABLE videos ADD COLUMN deleted_at TIMESTAMPTZ;

CREATE TABLE video_tags (
    video_id UUID NOT NULL REFERENCES videos (id),
    tag      TEXT NOT NULL,
    PRIMARY KEY (video_id, tag)
);
CREATE INDEX video_tags_tag ON video_tags (tag, video_id);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await?;
        sql::close_to_others(manager, &["video_tags"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = "DROP TABLE video_tags; ALTER TABLE videos DROP COLUMN deleted_at;";
        sql::run(manager, statements).await
    }
}
