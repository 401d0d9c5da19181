//! What an unknown machine says of itself, believed only as far as its signature goes.

use api::enrolment::{EnrolClaim, EnrolRequest, Hardware};
use api::error::ErrorCode;
use api::text::line;

use crate::player::PublicKey;
use crate::{Error, Result};

/// Longest claim, in bytes. A full one has about 500.
const CLAIM_BYTES: usize = 4096;
/// Longest fact of the hardware, in characters.
const FACT_CHARACTERS: usize = 120;

/// A claim whose signature holds.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) key: PublicKey,
    pub(super) hardware: Hardware,
}

/// The claim of a request, signed with the key that it names.
pub(super) fn verified(request: &EnrolRequest) -> Result<Claim> {
    let invalid = || Error::refused(ErrorCode::Invalid);
    if request.claim.len() > CLAIM_BYTES {
        return Err(invalid());
    }
    let claim: EnrolClaim = serde_json::from_str(&request.claim).map_err(|_| invalid())?;
    let key = PublicKey::parse(&claim.public_key).ok_or_else(invalid)?;
    let text = EnrolRequest::signed_text(&request.claim);
    if !key.signed(&text, &request.signature) {
        return Err(Error::refused(ErrorCode::PlayerRefused));
    }
    let hardware = Hardware {
        model: bounded(claim.hardware.model),
        serial: bounded(claim.hardware.serial),
        mac: bounded(claim.hardware.mac),
        memory_bytes: claim.hardware.memory_bytes,
        system: bounded(claim.hardware.system),
        player_version: bounded(claim.hardware.player_version),
    };
    Ok(Claim { key, hardware })
}

/// A fact as it is shown to an admin: one short line.
fn bounded(fact: Option<String>) -> Option<String> {
    let fact: String = line(&fact?).chars().take(FACT_CHARACTERS).collect();
    (!fact.is_empty()).then_some(fact)
}
