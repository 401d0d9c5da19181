use std::io::ErrorKind;
use std::time::Duration;

use super::{Door, NAME};
use crate::settings::BucketAddress;

/// Longest look.
const PATIENCE: Duration = Duration::from_secs(15);

/// What keeps a bucket from being used: each has another remedy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum BucketFault {
    /// Nobody answers, or too late; in the words of who tried.
    Unreachable(String),
    /// The keys are refused.
    Refused,
    /// There is no such bucket.
    Missing,
}

/// What was found of the bucket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BucketLook {
    /// It answers by the protocol of Amazon S3.
    S3,
    /// It answers by Supabase's own.
    Supabase,
}

/// Reaches the bucket as the server would, and changes nothing in it.
///
/// # Errors
/// When it cannot be used.
pub async fn look(address: &BucketAddress) -> Result<BucketLook, BucketFault> {
    let unreachable = |error: &dyn std::fmt::Display| BucketFault::Unreachable(error.to_string());
    let looked = async {
        let door = Door::open(address, NAME).await;
        let door = door.map_err(|error| unreachable(&error))?;
        let found = match &door {
            Door::S3(_) => BucketLook::S3,
            Door::Rest(_) => BucketLook::Supabase,
        };
        match door.probe().await {
            Ok(()) => Ok(found),
            Err(error) => Err(match error.kind() {
                ErrorKind::PermissionDenied => BucketFault::Refused,
                ErrorKind::NotFound => BucketFault::Missing,
                _ => unreachable(&error),
            }),
        }
    };
    let late = |_| BucketFault::Unreachable("timeout".to_owned());
    tokio::time::timeout(PATIENCE, looked).await.map_err(late)?
}
