//! Database, cache and files.

use std::path::{Path, PathBuf};

use domain::settings::{BucketAddress, RedisAddress, S3Address, SupabaseProject};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::catalogue::{self, Variable};
use super::problem::Trouble;
use super::variables::Variables;

/// What Supabase writes where the password goes.
const PLACEHOLDER: &str = "[YOUR-PASSWORD]";
/// The shortest service key: Supabase's newer ones begin with `sb_secret_`.
const KEY_CHARACTERS: usize = 40;

/// Database, cache and files.
#[derive(Clone, Debug)]
pub struct Data {
    /// Read from `NEOPRO_DATA`: where the embedded database and the files live.
    pub folder: PathBuf,
    /// Read from `DATABASE_URL` and `DATABASE_SSL_CA`; absent: SQLite in [`Data::folder`].
    pub database_url: Option<SecretString>,
    /// Read from `REDIS_URL` and `REDIS_SSL_CA`; absent: nothing is shared, there is one server.
    pub redis: Option<RedisAddress>,
    /// Read from `S3_*`, else from `SUPABASE_URL` and `SUPABASE_SERVICE_KEY`, which go together;
    /// absent: files are in [`Data::folder`].
    pub bucket: Option<BucketAddress>,
}

impl Data {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        Self {
            folder: variables
                .text(catalogue::NEOPRO_DATA.name)
                .unwrap_or_else(|| "data".to_owned())
                .into(),
            database_url: database_url(variables),
            redis: redis(variables),
            bucket: bucket(variables),
        }
    }
}

fn database_url(variables: &mut Variables) -> Option<SecretString> {
    let authorities = authorities(variables, &catalogue::DATABASE_SSL_CA);
    let text = variables.text(catalogue::DATABASE_URL.name)?;
    if text.contains(PLACEHOLDER) {
        let sentence = "contient encore [YOUR-PASSWORD] au lieu du mot de passe de la base";
        variables.refuse(&catalogue::DATABASE_URL, Trouble::Told(sentence));
        return None;
    }
    let url = variables.secret(&catalogue::DATABASE_URL, |text| {
        text.starts_with("postgresql://") || text.starts_with("postgres://")
    })?;
    match authorities {
        Some(file) => verified(&url, &file),
        None => Some(url),
    }
}

/// The same address with the options by which the driver verifies who answers (those of libpq).
fn verified(url: &SecretString, authorities: &Path) -> Option<SecretString> {
    let mut url = Url::parse(url.expose_secret()).ok()?;
    let pairs = url.query_pairs().into_owned();
    let others: Vec<_> = pairs
        .filter(|(key, _)| !["sslmode", "sslrootcert"].contains(&key.as_str()))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair("sslmode", "verify-full")
        .append_pair("sslrootcert", &authorities.to_string_lossy());
    Some(String::from(url).into())
}

fn authorities(variables: &mut Variables, variable: &'static Variable) -> Option<PathBuf> {
    variables.parsed(variable, |text| {
        let file = PathBuf::from(text);
        std::fs::File::open(&file).is_ok().then_some(file)
    })
}

fn redis(variables: &mut Variables) -> Option<RedisAddress> {
    let authorities = authorities(variables, &catalogue::REDIS_SSL_CA);
    let url = variables.secret(&catalogue::REDIS_URL, |text| {
        is_address(text, &["redis", "rediss"])
    })?;
    Some(RedisAddress { url, authorities })
}

fn bucket(variables: &mut Variables) -> Option<BucketAddress> {
    // Both are read: a malformed one is told, used or not.
    let (s3, supabase) = (s3(variables), supabase(variables));
    s3.map(BucketAddress::S3)
        .or(supabase.map(BucketAddress::Supabase))
}

fn s3(variables: &mut Variables) -> Option<S3Address> {
    let endpoint = variables.parsed(&catalogue::S3_ENDPOINT, |text| {
        let url = is_address(text, &["https", "http"]);
        url.then(|| text.trim_end_matches('/').to_owned())
    });
    let region = variables.text(catalogue::S3_REGION.name);
    let access_key_id = variables.text(catalogue::S3_ACCESS_KEY_ID.name);
    let secret_access_key = variables.secret(&catalogue::S3_SECRET_ACCESS_KEY, |_| true);
    let force_path_style = variables.parsed(&catalogue::S3_FORCE_PATH_STYLE, |text| {
        text.to_ascii_lowercase().parse().ok()
    });
    let endpoint = endpoint?;
    for (variable, is_missing) in [
        (&catalogue::S3_ACCESS_KEY_ID, access_key_id.is_none()),
        (
            &catalogue::S3_SECRET_ACCESS_KEY,
            secret_access_key.is_none(),
        ),
    ] {
        if is_missing {
            variables.refuse(variable, Trouble::Missing);
        }
    }
    Some(S3Address {
        endpoint,
        region: region.unwrap_or_else(|| "us-east-1".to_owned()),
        access_key_id: access_key_id?,
        secret_access_key: secret_access_key?,
        force_path_style: force_path_style.unwrap_or(true),
    })
}

fn supabase(variables: &mut Variables) -> Option<SupabaseProject> {
    let url = variables.parsed(&catalogue::SUPABASE_URL, |text| {
        let url = is_address(text, &["https", "http"]);
        url.then(|| text.trim_end_matches('/').to_owned())
    });
    let service_key = variables.secret(&catalogue::SUPABASE_SERVICE_KEY, |text| {
        text.len() >= KEY_CHARACTERS && !text.contains(char::is_whitespace)
    });
    Some(SupabaseProject {
        url: url?,
        service_key: service_key?,
    })
}

/// Whether a text is the address of a server under one of these schemes.
fn is_address(text: &str, schemes: &[&str]) -> bool {
    Url::parse(text).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::{Path, verified};

    #[test]
    fn a_private_authority_makes_the_driver_verify_who_answers() {
        let url = "postgresql://u:p%40x@db.example:6543/x?pgbouncer=true&sslmode=require".into();
        let url = verified(&url, Path::new("/etc/neopro/ca.pem")).unwrap();
        assert_eq!(
            url.expose_secret(),
            "postgresql://u:p%40x@db.example:6543/x?pgbouncer=true&sslmode=verify-full\
             &sslrootcert=%2Fetc%2Fneopro%2Fca.pem"
        );
    }
}
