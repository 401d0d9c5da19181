use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    Builder, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
};
use secrecy::ExposeSecret;

use crate::settings::{S3Address, SupabaseProject};

/// Supabase does not look at the region of a signature.
const ANY_REGION: &str = "us-east-1";
const TO_CONNECT: Duration = Duration::from_secs(5);
/// Until the first byte of an answer.
const TO_ANSWER: Duration = Duration::from_secs(30);
const TRIES: u32 = 3;
/// Putting a large object together "can take several minutes" (the API's reference, of
/// `CompleteMultipartUpload`).
const TO_PUT_TOGETHER: Duration = Duration::from_mins(10);

pub(super) fn with_keys(address: &S3Address) -> Client {
    let secret = address.secret_access_key.expose_secret();
    let credentials = Credentials::new(&address.access_key_id, secret, None, None, "neopro");
    let config = common()
        .endpoint_url(with_slash(&address.endpoint))
        .region(Region::new(address.region.clone()))
        .force_path_style(address.force_path_style)
        .credentials_provider(credentials);
    Client::from_conf(config.build())
}

/// Source: <https://supabase.com/docs/guides/storage/s3/authentication>, "Session token".
pub(super) fn of_supabase(project: &SupabaseProject) -> Option<Client> {
    let key = project.service_key.expose_secret();
    // A token is a JWT: three parts.
    let is_token = key.split('.').count() == 3;
    let reference = project.reference().filter(|_| is_token)?;
    let token = Some(key.to_owned());
    let credentials = Credentials::new(&reference, &reference, token, None, "neopro");
    let config = common()
        .endpoint_url(with_slash(&format!("{}/storage/v1/s3", project.url)))
        .region(Region::new(ANY_REGION))
        .force_path_style(true)
        .credentials_provider(credentials);
    Some(Client::from_conf(config.build()))
}

/// The library puts the bucket right behind an address that has a path.
fn with_slash(endpoint: &str) -> String {
    format!("{}/", endpoint.trim_end_matches('/'))
}

fn common() -> Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(TO_CONNECT)
        .read_timeout(TO_ANSWER);
    aws_sdk_s3::Config::builder()
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::standard().with_max_attempts(TRIES))
        // Other stores than Amazon's do not know its newer checksums.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
}

/// For what the store does with a whole object. Not tried again: the first try may still be at work.
pub(super) fn patient() -> Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(TO_CONNECT)
        .read_timeout(TO_PUT_TOGETHER);
    aws_sdk_s3::Config::builder()
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::disabled())
}
