//! People who sign in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{ApiError, ErrorCode};
use crate::id::{SessionId, UserId};
use crate::limit::{EMAIL_CHARACTERS, NAME_CHARACTERS, PASSWORD_CHARACTERS, PASSWORD_MAX_BYTES};
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

impl NewAdmin {
    /// The same person, texts trimmed and the address in lower case, or which inputs are wrong.
    pub fn validated(self) -> Result<Self, ApiError> {
        let admin = Self {
            email: normalized_email(&self.email),
            full_name: self.full_name.trim().to_owned(),
            password: self.password,
        };
        let mut error = ApiError::new(ErrorCode::Invalid);
        if !is_email(&admin.email) {
            error = error.with_field("email", ErrorCode::EmailInvalid);
        }
        if admin.full_name.is_empty() {
            error = error.with_field("full_name", ErrorCode::Required);
        } else if admin.full_name.chars().count() > NAME_CHARACTERS {
            error = error.with_field("full_name", ErrorCode::TooLong);
        }
        if !is_strong(&admin.password) {
            error = error.with_field("password", ErrorCode::PasswordWeak);
        }
        if error.fields.is_empty() {
            Ok(admin)
        } else {
            Err(error)
        }
    }
}

/// The form in which addresses are kept and compared.
pub fn normalized_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// As browsers check it: something, `@`, something, no spaces.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let ends_well = !domain.starts_with('.') && !domain.ends_with('.');
    let has_gaps = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let length = text.chars().count();
    !local.is_empty()
        && !domain.is_empty()
        && !domain.contains('@')
        && ends_well
        && !has_gaps
        && length <= EMAIL_CHARACTERS
}

/// Long enough, with upper case, lower case and a digit.
fn is_strong(password: &str) -> bool {
    password.chars().count() >= PASSWORD_CHARACTERS
        && password.len() <= PASSWORD_MAX_BYTES
        && password.chars().any(char::is_uppercase)
        && password.chars().any(char::is_lowercase)
        && password.chars().any(|c| c.is_ascii_digit())
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

/// A session as tokens, for a browser that keeps no cookie of this server.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`; to be kept in memory only.
    pub access_token: String,
    /// How long it is good.
    pub expires_in_s: u64,
    /// Good once, for the next tokens.
    pub refresh_token: String,
}

/// Asks for the next tokens.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refresh {
    /// From the tokens before.
    pub refresh_token: String,
}

/// The password again, before something dangerous.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepUp {
    /// Password in clear; never logged.
    pub password: String,
}

/// The answer to the right password.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SteppedUp {
    /// Until when dangerous actions of this session go through.
    pub until: DateTime<Utc>,
}

/// A signed-in browser of the caller.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    /// The session.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// When it was signed in.
    pub opened_at: DateTime<Utc>,
    /// When it was last used, to within some minutes.
    pub last_used_at: DateTime<Utc>,
    /// When it ends whatever happens.
    pub expires_at: DateTime<Utc>,
    /// The address that it was signed in from.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
}

/// Another password for the caller.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// At least 12 characters with upper case, lower case and a digit.
    pub password: String,
}

impl ChangePassword {
    /// The same password, or that it is too weak.
    pub fn validated(self) -> Result<Self, ApiError> {
        if is_strong(&self.password) {
            return Ok(self);
        }
        let error = ApiError::new(ErrorCode::Invalid);
        Err(error.with_field("password", ErrorCode::PasswordWeak))
    }
}

/// The answer to a successful sign-in by API; the cookie comes beside it.
#[derive(Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Who signed in.
    pub account: Account,
    /// In place of the cookie, for a dashboard on another site whose browser keeps none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
}

#[cfg(test)]
mod tests {
    use super::NewAdmin;
    use crate::error::ErrorCode;

    fn refused(email: &str, full_name: &str, password: &str) -> Vec<(String, ErrorCode)> {
        let admin = NewAdmin {
            email: email.to_owned(),
            full_name: full_name.to_owned(),
            password: password.to_owned(),
        };
        match admin.validated() {
            Ok(_) => Vec::new(),
            Err(error) => error
                .fields
                .into_iter()
                .map(|f| (f.field, f.code))
                .collect(),
        }
    }

    #[test]
    fn an_address_is_kept_in_lower_case_without_spaces() {
        let admin = NewAdmin {
            email: " Anne@Club.FR ".to_owned(),
            full_name: " Anne ".to_owned(),
            password: "Correct horse 1".to_owned(),
        };
        let admin = admin.validated().unwrap();
        assert_eq!(
            (admin.email.as_str(), admin.full_name.as_str()),
            ("anne@club.fr", "Anne")
        );
    }

    #[test]
    fn every_wrong_input_is_named() {
        let fields = refused("anne", " ", "short");
        let expected = [
            ("email".to_owned(), ErrorCode::EmailInvalid),
            ("full_name".to_owned(), ErrorCode::Required),
            ("password".to_owned(), ErrorCode::PasswordWeak),
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_password_needs_length_both_cases_and_a_digit() {
        for weak in ["Short1", "alllowercase1", "ALLUPPERCASE1", "NoDigitsAtAll"] {
            assert_eq!(refused("a@b.fr", "A", weak).len(), 1, "{weak}");
        }
        assert_eq!(refused("a@b.fr", "A", "LongEnough123"), []);
    }
}
