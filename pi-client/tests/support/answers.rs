//! One answer for each address of the contract.

use api::enrolment::{EnrolAnswer, EnrolClaim, EnrolPoll, EnrolRequest, EnrolStatus, PairingCode};
use api::error::{ApiError, ErrorCode};
use api::limit::PLAYS_PER_BATCH;
use api::play::{PlayBatch, PlayBatchAnswer, PlayReceipt, Receipt};
use api::player::{Challenge, ChallengeRequest, PlayerToken, Report, ReportAnswer, TokenRequest};
use axum::Json;
use axum::extract::State;
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use ed25519_dalek::{Signature, VerifyingKey};

use super::{Shared, World, hash};

pub type Refusal = (StatusCode, Json<ApiError>);
type Answer<T> = Result<Json<T>, Refusal>;

pub fn refuse(code: ErrorCode) -> Refusal {
    (code.status(), Json(ApiError::new(code)))
}

fn verified(key: &VerifyingKey, text: &str, signature: &str) -> bool {
    let mut bytes = [0; 64];
    hex::decode_to_slice(signature, &mut bytes).is_ok()
        && key
            .verify_strict(text.as_bytes(), &Signature::from_bytes(&bytes))
            .is_ok()
}

pub fn bearer(world: &World, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let wanted = world.token.as_ref().map(|token| format!("Bearer {token}"));
    if wanted.is_some() && given == wanted.as_deref() {
        Ok(())
    } else {
        Err(refuse(ErrorCode::PlayerRefused))
    }
}

pub async fn enrol(
    State(shared): State<Shared>,
    Json(request): Json<EnrolRequest>,
) -> Answer<EnrolAnswer> {
    let claim: EnrolClaim = serde_json::from_str(&request.claim).unwrap();
    let mut bytes = [0; 32];
    hex::decode_to_slice(&claim.public_key, &mut bytes).unwrap();
    let key = VerifyingKey::from_bytes(&bytes).unwrap();
    let signed = EnrolRequest::signed_text(&request.claim);
    if !verified(&key, &signed, &request.signature) {
        return Err(refuse(ErrorCode::Invalid));
    }
    shared.change(|world| {
        world.enrolling = Some(key);
        world.codes += 1;
        world.code_expired = false;
    });
    Ok(Json(EnrolAnswer {
        code: PairingCode::parse("KXPT-DRWM").unwrap(),
        words: ["tilleul".to_owned(), "marée".to_owned()],
        poll_secret: "secret".to_owned(),
        interval_s: 1,
        expires_in_s: 900,
        link: "https://neopro.example.fr/sites/link?code=KXPT-DRWM".to_owned(),
    }))
}

pub async fn poll(
    State(shared): State<Shared>,
    Json(poll): Json<EnrolPoll>,
) -> Answer<EnrolStatus> {
    assert_eq!(poll.poll_secret, "secret");
    let status = shared.change(|world| match (world.site, world.enrolling) {
        (Some(site_id), Some(key)) => {
            let key_id = hex::encode(hash(key.as_bytes()).0);
            world.keys.insert(key_id, key);
            world.mark("linked");
            EnrolStatus::Accepted {
                site_id,
                site_name: "Gymnase de Rennes".to_owned(),
            }
        }
        _ if world.code_expired => EnrolStatus::Expired,
        _ => EnrolStatus::Pending,
    });
    Ok(Json(status))
}

pub async fn challenge(
    State(shared): State<Shared>,
    Json(_): Json<ChallengeRequest>,
) -> Answer<Challenge> {
    Ok(Json(Challenge {
        nonce: "nonce".to_owned(),
        server_time: Utc::now() + shared.change(|world| world.clock_ahead),
    }))
}

pub async fn token(
    State(shared): State<Shared>,
    Json(request): Json<TokenRequest>,
) -> Answer<PlayerToken> {
    let signed = TokenRequest::signed_text(&shared.origin, "nonce");
    shared.change(|world| {
        if world.revoked.contains(&request.key_id) {
            let refusal = ApiError::new(ErrorCode::PlayerRefused);
            let refusal = refusal.with_field("key_id", ErrorCode::KeyRevoked);
            return Err((refusal.code.status(), Json(refusal)));
        }
        let key = world.keys.get(&request.key_id);
        let known = key.is_some_and(|key| verified(key, &signed, &request.signature));
        let (true, Some(site_id)) = (known, world.site) else {
            return Err(refuse(ErrorCode::PlayerRefused));
        };
        world.tokens += 1;
        let token = format!("token-{}", world.tokens);
        world.token = Some(token.clone());
        Ok(Json(PlayerToken {
            token,
            expires_in_s: 900,
            site_id,
            server_time: Utc::now() + world.clock_ahead,
        }))
    })
}

fn state_body(world: &World) -> (String, String) {
    let body = world
        .state
        .as_ref()
        .map(|state| serde_json::to_string(state).unwrap());
    let body = body.unwrap_or_else(|| {
        r#"{"site_name":"Gymnase de Rennes","configuration_version":0,"configuration":{},"new":1}"#
            .to_owned()
    });
    (format!("\"{}\"", hash(body.as_bytes())), body)
}

pub async fn state(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    shared.change(|world| {
        bearer(world, &headers)?;
        let (etag, body) = state_body(world);
        if headers
            .get(IF_NONE_MATCH)
            .is_some_and(|known| known == etag.as_str())
        {
            return Ok(StatusCode::NOT_MODIFIED.into_response());
        }
        world.states_sent += 1;
        Ok(([(ETAG, etag)], body).into_response())
    })
}

pub async fn report(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Json(report): Json<Report>,
) -> Answer<ReportAnswer> {
    shared.change(|world| {
        bearer(world, &headers)?;
        if let Some(since) = report.screen.since {
            world.mark(&format!("on screen {since}"));
        }
        if let Some(version) = report.configuration_version {
            world.mark(&format!("applied {version}"));
        }
        world.reports.push(report);
        Ok(Json(ReportAnswer {
            etag: state_body(world).0,
            server_time: Utc::now() + world.clock_ahead,
        }))
    })
}

/// Stores first: a lost answer must not lose or double a play.
pub async fn plays(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Json(batch): Json<PlayBatch>,
) -> Answer<PlayBatchAnswer> {
    assert!(batch.plays.len() <= PLAYS_PER_BATCH);
    shared.change(|world| {
        bearer(world, &headers)?;
        if batch
            .plays
            .iter()
            .any(|play| Some(play.seq) == world.never_taken)
        {
            return Err(refuse(ErrorCode::Invalid));
        }
        let mut receipts = Vec::new();
        for play in batch.plays {
            let known = world.plays.iter().find(|known| known.id == play.id);
            let receipt = match known {
                Some(known) => {
                    assert_eq!(known, &play, "a play is frozen before it is sent");
                    Receipt::Duplicate
                }
                None => Receipt::Stored,
            };
            receipts.push(PlayReceipt {
                id: play.id,
                receipt,
            });
            if receipt == Receipt::Stored {
                world.mark(&format!("stored {}", play.id.0));
                world.plays.push(play);
            }
        }
        if world.deliveries_lost > 0 {
            world.deliveries_lost -= 1;
            return Err(refuse(ErrorCode::Transport));
        }
        Ok(Json(PlayBatchAnswer { receipts }))
    })
}
