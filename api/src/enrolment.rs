//! Enrolment: how a screen becomes a site's player (the shape of RFC 8628).

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::SiteId;
use crate::key::LinkedTo;

/// The letters of pairing codes: no vowels, hence no words; no digits to mix up.
pub const CODE_ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters of a pairing code.
pub const CODE_LETTERS: usize = 8;

/// What a player says of its machine. Every fact may be missing.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Hardware {
    /// Such as "Raspberry Pi 4 Model B Rev 1.4".
    pub model: Option<String>,
    /// The board's serial number.
    pub serial: Option<String>,
    /// Hardware address of the first network interface.
    pub mac: Option<String>,
    /// Memory of the board, in bytes.
    pub memory_bytes: Option<u64>,
    /// Name of the operating system.
    pub system: Option<String>,
    /// Version of the player's software.
    pub player_version: Option<String>,
}

/// What the player signs to prove that it holds its key.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolClaim {
    /// Ed25519 public key, 64 hexadecimal digits.
    pub public_key: String,
    /// What the machine is.
    pub hardware: Hardware,
}

/// A player asks to be linked to a site.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// An [`EnrolClaim`] as JSON text: exactly the text that was signed.
    pub claim: String,
    /// Ed25519 signature over [`EnrolRequest::signed_text`], 128 hexadecimal digits.
    pub signature: String,
}

impl EnrolRequest {
    /// The text that the player signs for this claim.
    pub fn signed_text(claim: &str) -> String {
        format!("neopro-enrol-v1|{claim}")
    }
}

/// The server's answer to a player that asks to be linked.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolAnswer {
    /// The code to show, `XXXX-XXXX`.
    pub code: PairingCode,
    /// Two words to show: the admin compares them with the dashboard's.
    pub words: [String; 2],
    /// Names this enrolment in polls; a secret.
    pub poll_secret: String,
    /// Seconds between polls.
    pub interval_s: u64,
    /// Seconds until the code expires.
    pub expires_in_s: u64,
    /// The dashboard's screen for this code, for a QR code; opening it approves nothing.
    pub link: String,
}

/// A player asks whether it was accepted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolPoll {
    /// From the [`EnrolAnswer`].
    pub poll_secret: String,
}

/// Whether a player was accepted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum EnrolStatus {
    /// Nobody typed the code yet.
    Pending,
    /// The code is dead: ask again.
    Expired,
    /// The player belongs to a site now.
    Accepted {
        /// The site.
        site_id: SiteId,
        /// Its name, for the TV.
        site_name: String,
    },
}

/// What an admin sees of the screen behind a code before accepting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingEnrolment {
    /// The code.
    pub code: PairingCode,
    /// The words that the TV must show too.
    pub words: [String; 2],
    /// What the machine says it is.
    pub hardware: Hardware,
    /// The address that it asked from.
    pub address: String,
    /// When it asked.
    pub requested_at: DateTime<Utc>,
    /// The site that its key belongs to already, if any: linking it elsewhere moves it.
    #[serde(default)]
    pub linked_to: Option<LinkedTo>,
}

/// An admin links the screen behind a code to a site. Where the site has a screen already, the
/// new one waits to be accepted in its place.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptEnrolment {
    /// The code, as typed.
    pub code: String,
    /// The site that the screen leaves, where it belongs to one: said so that nobody takes a
    /// screen away unawares.
    #[serde(default)]
    pub move_from: Option<SiteId>,
}

/// A pairing code in its one form: eight letters, shown `XXXX-XXXX`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct PairingCode(String);

impl PairingCode {
    /// The code that somebody typed: case, spaces and dashes do not matter.
    /// `None` when it cannot be one.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters: Vec<u8> = typed
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-')
            .map(|byte| byte.to_ascii_uppercase())
            .collect();
        let known = letters.iter().all(|letter| CODE_ALPHABET.contains(letter));
        if letters.len() != CODE_LETTERS || !known {
            return None;
        }
        let text = String::from_utf8(letters).ok()?;
        Some(Self(format!("{}-{}", &text[..4], &text[4..])))
    }

    /// `XXXX-XXXX`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PairingCode;

    #[test]
    fn a_code_is_understood_as_people_type_it() {
        for typed in ["KXPT-DRWM", "kxptdrwm", " kxpt drwm ", "K-X-P-T-D-R-W-M"] {
            assert_eq!(
                PairingCode::parse(typed).unwrap().as_str(),
                "KXPT-DRWM",
                "{typed}"
            );
        }
        for typed in [
            "",
            "KXPT-DRW",
            "KXPT-DRWMM",
            "AXPT-DRWM",
            "KXPT-DRW0",
            "ÉXPT-DRWM",
        ] {
            assert_eq!(PairingCode::parse(typed), None, "{typed}");
        }
    }
}
