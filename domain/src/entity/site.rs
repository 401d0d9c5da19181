//! A club's place with one TV.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sites")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub club: String,
    pub city: String,
    pub time_zone: String,
    pub status: String,
    pub last_seen: Option<DateTimeUtc>,
    pub is_active: bool,
    pub clone_seen_at: Option<DateTimeUtc>,
    pub screen: String,
    pub on_screen_video_id: Option<Uuid>,
    /// Its first frame, where its player knows the time.
    pub on_screen_since: Option<DateTimeUtc>,
    /// How far it was at the last report.
    pub on_screen_position_ms: Option<i64>,
    pub published_version: Option<i32>,
    pub applied_version: Option<i32>,
    /// The last report of its player.
    pub report: Option<Json>,
    /// When its screen is expected to run; the usual hours where nobody said.
    pub expected_hours: Option<Json>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
