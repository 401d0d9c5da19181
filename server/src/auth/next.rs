//! Where to go after signing in: a page of this dashboard, whatever the address says.

use url::Url;

/// Stands for this server while an address is taken apart.
const BASE: &str = "http://here.invalid";

/// The path and query of `next` when it is a page of this dashboard, else the home page.
pub fn sanitised(next: &str) -> String {
    // Browsers take control characters out of addresses, and `\` for `/`.
    let strange = |c: char| c.is_control() || c == '\\';
    if !next.starts_with('/') || next.contains(strange) {
        return "/".to_owned();
    }
    let here = Url::parse(BASE).ok();
    let Some(url) = here.as_ref().and_then(|here| here.join(next).ok()) else {
        return "/".to_owned();
    };
    let is_ours = here.is_some_and(|here| here.origin() == url.origin());
    // `/.//evil` is our own path, and becomes another host's address once dots are taken out.
    let path = url.path();
    if !is_ours
        || path.starts_with("//")
        || matches!(
            path,
            "/login" | "/logout" | "/first-run" | "/forgot" | "/reset"
        )
    {
        return "/".to_owned();
    }
    match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// The sign-in page that leads back to `path_and_query`.
pub fn sign_in_address(path_and_query: &str) -> String {
    match sanitised(path_and_query).as_str() {
        "/" => "/login".to_owned(),
        next => {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("/login?next={next}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sanitised, sign_in_address};

    #[test]
    fn only_pages_of_this_dashboard_are_gone_to() {
        for (next, expected) in [
            ("/sites?page=2", "/sites?page=2"),
            ("/pair?code=KXPT-DRWM", "/pair?code=KXPT-DRWM"),
            ("", "/"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example/", "/"),
            ("/\t/evil.example/", "/"),
            ("/.//evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/login?next=/login", "/"),
        ] {
            assert_eq!(sanitised(next), expected, "{next}");
        }
        assert_eq!(
            sign_in_address("/sites?page=2"),
            "/login?next=%2Fsites%3Fpage%3D2"
        );
        assert_eq!(sign_in_address("/"), "/login");
    }
}
