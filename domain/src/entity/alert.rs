//! Something that people are told of until it ends.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// What the kind is about: one open alert for both.
    pub object: String,
    pub site_id: Option<Uuid>,
    pub name: String,
    pub figures: Json,
    /// Whether its beginning was told.
    pub announced: bool,
    pub opened_at: DateTimeUtc,
    pub closed_at: Option<DateTimeUtc>,
    pub acknowledged_at: Option<DateTimeUtc>,
    pub acknowledged_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
