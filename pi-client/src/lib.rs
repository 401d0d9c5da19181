//! Player.
