//! Recognises a transaction pooler by what it does.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::SqlxError;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{Connection, PgConnection, Row, raw_sql};

use super::address::Door;

/// How long the look may take before the database counts as not there.
const PATIENCE: Duration = Duration::from_secs(8);
/// Looks as often as that: other clients of the pooler may come between.
const LOOKS: u32 = 3;

/// Connects once, has a word with the server behind and leaves: a pooler opens its own door to anybody.
pub(super) async fn reach(options: &PgConnectOptions) -> Result<(), SqlxError> {
    let visit = async {
        let mut client = PgConnection::connect_with(options).await?;
        process(&mut client).await?;
        client.close().await
    };
    tokio::time::timeout(PATIENCE, visit)
        .await
        .unwrap_or(Err(SqlxError::PoolTimedOut))
}

/// Two clients that stay connected have a server process each and keep it, unless a pooler lends
/// them one for each transaction. Each is asked twice running: one that lends in turn shows too.
///
/// The clients belong to no pool, which would talk on its own between two questions.
pub(super) async fn look_for(options: &PgConnectOptions) -> Result<Door, SqlxError> {
    tokio::time::timeout(PATIENCE, look(options))
        .await
        .unwrap_or(Err(SqlxError::PoolTimedOut))
}

async fn look(options: &PgConnectOptions) -> Result<Door, SqlxError> {
    let mut one = PgConnection::connect_with(options).await?;
    let mut other = PgConnection::connect_with(options).await?;
    let (mut of_one, mut of_other) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..LOOKS {
        for _ in 0..2 {
            of_one.insert(process(&mut one).await?);
        }
        for _ in 0..2 {
            of_other.insert(process(&mut other).await?);
        }
    }
    one.close().await?;
    other.close().await?;
    let each_its_own = of_one.len() == 1 && of_other.len() == 1 && of_one != of_other;
    Ok(if each_its_own {
        Door::Unknown
    } else {
        Door::Pooler
    })
}

/// The server process of a transaction that ends at once, asked without a prepared statement: it
/// would stay behind in the pooler's connection.
async fn process(client: &mut PgConnection) -> Result<i32, SqlxError> {
    let row = raw_sql("SELECT pg_backend_pid()").fetch_one(client).await?;
    row.try_get(0)
}
