//! Data that changes in place while somebody looks: one line of events, shared by the pages.
//! An event says that something changed; who shows it asks for it anew.

mod follow;
mod line;
mod sign;

pub use follow::{every, follow};
pub use line::provide_live;
pub use sign::LiveSign;
