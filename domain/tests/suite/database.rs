//! The schema as the deployment guide's SQL meets it.

use crate::support::{World, on_every_database};

on_every_database!(a_restart_finds_everything_as_it_was);

async fn a_restart_finds_everything_as_it_was(world: World) {
    let world = world.restarted().await;
    assert!(!world.domain.accounts().exist().await.unwrap());
}
