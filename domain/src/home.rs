//! The fleet at a glance.

use api::home::Home;

use crate::{Actor, Domain, Result};

/// The fleet at a glance.
pub struct Overview<'a>(pub(crate) &'a Domain);

impl Overview<'_> {
    /// Is everything all right, and what did it show today?
    pub async fn get(&self, actor: &Actor) -> Result<Home> {
        let _ = actor;
        todo!()
    }
}
