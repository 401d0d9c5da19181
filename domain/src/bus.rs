//! Tells who listens that something changed: ids only, at most once, in no order. Who hears of a
//! change reads it anew; who missed some is told to read everything.
//!
//! Each process has its own; where several share a Redis, [`relay`] carries what is told to the others.

mod order;
pub(crate) mod relay;

pub(crate) use order::{Bus, Heard, Origin};
