//! People who sign in.

use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::permission::Role;

/// A person, as the dashboard shows it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The person's id.
    pub id: UserId,
    /// Address used to sign in.
    pub email: String,
    /// Shown name.
    pub full_name: String,
    /// What the person may do.
    pub role: Role,
}

/// What is typed on the sign-in page.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Address, in any case.
    pub email: String,
    /// Password in clear; never logged.
    pub password: String,
}

/// A first or further administrator.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAdmin {
    /// Address used to sign in.
    pub email: String,
    /// Shown name.
    pub full_name: String,
    /// At least 12 characters with upper case, lower case and a digit.
    pub password: String,
}

/// The first administrator, created from the browser while there is no user.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstRun {
    /// The one-time code printed in the server's log.
    pub code: String,
    /// Who to create.
    #[serde(flatten)]
    pub admin: NewAdmin,
}

/// The answer to a successful sign-in by API; the cookie comes beside it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Who signed in.
    pub account: Account,
}
