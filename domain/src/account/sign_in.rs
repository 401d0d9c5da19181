//! Signing in with e-mail and password.

use std::time::Duration;

use api::account::{Account, SignIn, normalized_email};
use api::error::ErrorCode;
use api::limit::PASSWORD_MAX_BYTES;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use super::password::Verdict;
use super::{NewSession, person, session, throttle};
use crate::entity::user;
use crate::{Client, Domain, Error, Result, network};

/// Every failure answers this long after its request: longer than Argon2id and than a bcrypt of
/// the guide's 12 rounds take, so that the time tells neither which it was nor whether the account
/// exists.
pub(super) const FLOOR: Duration = Duration::from_millis(750);

/// Why nobody was let in; for the log, which the deployment guide's troubleshooting reads.
#[derive(Debug)]
pub(super) struct Refusal {
    condition: &'static str,
    user: Option<Uuid>,
}

pub(super) async fn sign_in(
    domain: &Domain,
    sign_in: SignIn,
    client: &Client,
) -> Result<NewSession> {
    let begun = Instant::now();
    let inner = &domain.inner;
    let email = normalized_email(&sign_in.email);
    let network = network::of(client.address);
    let booking = throttle::book(&inner.database, &email, &network, inner.clock.now()).await?;
    match check(domain, &email, sign_in.password).await? {
        Ok((account, rehash)) => {
            let transaction = inner.database.write().await?;
            if let Some(rehash) = rehash {
                rehash.store(&transaction).await?;
            }
            booking.give_back(&transaction, inner.clock.now()).await?;
            let session = session::open(&transaction, domain, account, client).await?;
            transaction.commit().await?;
            Ok(session)
        }
        Err(refusal) => {
            let Refusal { condition, user } = refusal;
            tracing::warn!(condition, user.id = ?user, client.network = network, "sign-in refused");
            sleep_until(begun + FLOOR).await;
            Err(Error::refused(ErrorCode::InvalidCredentials))
        }
    }
}

/// Whether the conditions for signing in hold; the password is always worked on first.
pub(super) async fn check(
    domain: &Domain,
    email: &str,
    password: String,
) -> Result<Result<(Account, Option<Rehash>), Refusal>> {
    let inner = &domain.inner;
    let transaction = inner.database.read().await?;
    let row = person::by_email(&transaction, email).await?;
    drop(transaction);
    let user = row.as_ref().map(|row| row.id);
    let refusal = |condition| Ok(Err(Refusal { condition, user }));
    if password.len() > PASSWORD_MAX_BYTES {
        return refusal("password");
    }
    let stored = row.as_ref().map(|row| row.password_hash.clone());
    let verdict = inner.hashing.verify(password.clone(), stored).await?;
    let Some(row) = row else {
        return refusal("email");
    };
    match verdict {
        Verdict::Wrong => return refusal("password"),
        Verdict::Unreadable => return refusal("password_hash"),
        Verdict::Right | Verdict::RightButOld => {}
    }
    if !row.is_active {
        return refusal("is_active");
    }
    let Some(account) = person::account(&row) else {
        return refusal("role");
    };
    let rehash = match verdict {
        Verdict::RightButOld => Some(Rehash {
            user: row.id,
            old: row.password_hash,
            new: inner.hashing.hash(password).await?,
        }),
        _ => None,
    };
    Ok(Ok((account, rehash)))
}

/// A hash that takes the place of one of an older kind.
pub(super) struct Rehash {
    user: Uuid,
    old: String,
    new: String,
}

impl Rehash {
    /// Stores it, unless the password was changed meanwhile.
    pub(super) async fn store(self, transaction: &impl ConnectionTrait) -> Result<()> {
        user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(self.new))
            .filter(user::Column::Id.eq(self.user))
            .filter(user::Column::PasswordHash.eq(self.old))
            .exec(transaction)
            .await?;
        Ok(())
    }
}
