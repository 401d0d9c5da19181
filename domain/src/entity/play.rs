//! One showing of one video on one TV; its table has the deployment guide's name.

use sea_orm::entity::prelude::*;
use serde::Serialize;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "analytics")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub played_at: DateTimeUtc,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub boot_id: Uuid,
    pub seq: i64,
    pub video_id: Uuid,
    pub sha256: String,
    pub configuration_version: i32,
    pub duration_ms: i64,
    pub shown_ms: i64,
    pub outcome: String,
    pub clock: String,
    pub site_name: String,
    pub video_name: String,
    pub local_day: Date,
    pub local_hour: i32,
    /// Seconds that the site's clocks were ahead of UTC.
    pub utc_offset_s: i32,
    pub received_at: DateTimeUtc,
    pub corrected_at: Option<DateTimeUtc>,
    pub quarantine: Option<String>,
    /// When the boot did not know the time: had passed for certain.
    pub not_before: Option<DateTimeUtc>,
    /// Likewise: when a later boot learned the time.
    pub not_after: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
