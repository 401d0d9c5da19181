//! Filters live in the address: they survive a reload and can be sent to a colleague.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use leptos_router::params::ParamsMap;

use crate::i18n::Locale;
use crate::state::language::use_locale;

/// The value of a parameter; an empty one is none.
pub fn text(query: &ParamsMap, name: &str) -> Option<String> {
    query.get(name).filter(|value| !value.trim().is_empty())
}

/// The value of a parameter, where it can be read.
pub fn value<T: std::str::FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
    query.get(name)?.parse().ok()
}

/// An address with those parameters that have a value.
pub fn address(path: &str, parameters: &[(&str, Option<String>)]) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in parameters {
        if let Some(value) = value {
            query.insert((*name).to_owned(), value.clone());
        }
    }
    format!("{path}{}", query.to_query_string())
}

/// The id in the address of a page. A text that is no id names nothing.
pub fn id<T: std::str::FromStr>(parameters: &ParamsMap) -> Result<T, ApiError> {
    let language = match use_locale() {
        Locale::fr => Language::Fr,
        Locale::en => Language::En,
    };
    let unknown = || ApiError::new(ErrorCode::NotFound).in_language(language);
    value(parameters, "id").ok_or_else(unknown)
}
