//! How a machine was over a step, added up.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "health")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub site_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_s: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub begins_at: DateTimeUtc,
    pub reports: i64,
    pub online_ms: i64,
    pub cpu_sum: i64,
    pub cpu_count: i64,
    pub cpu_most: i64,
    pub memory_sum: i64,
    pub memory_count: i64,
    pub memory_most: i64,
    pub temperature_sum: i64,
    pub temperature_count: i64,
    pub temperature_most: i64,
    pub disk_sum: i64,
    pub disk_count: i64,
    pub disk_most: i64,
    pub throttled: i64,
    pub throttled_known: i64,
}

impl ActiveModelBehavior for ActiveModel {}
