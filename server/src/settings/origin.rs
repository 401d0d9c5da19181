//! Under which addresses this server is known.

use url::Url;

use super::catalogue;
use super::variables::Variables;

/// Under which addresses this server is known, each like `https://neopro.example`.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// `PUBLIC_URL`, the first of `ALLOWED_ORIGINS`, `RENDER_EXTERNAL_URL`, then localhost.
    /// The first makes links; a player's signature must name one of them.
    pub known: Vec<String>,
    /// Read from `ALLOWED_ORIGINS`: dashboards served from elsewhere.
    pub allowed: Vec<String>,
    /// Where this very server is, for dashboards served from elsewhere: `RENDER_EXTERNAL_URL`, else
    /// `PUBLIC_URL` unless that is such a dashboard, else localhost.
    pub own: String,
    /// Where this server's own pages are, for links in mails: the first of [`Origins::known`] that is no
    /// dashboard served from elsewhere and not this machine, else the first.
    pub pages: String,
}

impl Origins {
    /// See the fields.
    pub fn read(variables: &mut Variables, port: u16) -> Self {
        let public = variables.parsed(&catalogue::PUBLIC_URL, parse);
        let render = variables.parsed(&catalogue::RENDER_EXTERNAL_URL, parse);
        let allowed: Vec<String> = variables
            .parsed(&catalogue::ALLOWED_ORIGINS, parse_list)
            .unwrap_or_default();
        let mut known = Vec::new();
        let local = ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{port}"));
        let is_here = |origin: &String| !allowed.contains(origin);
        let own = render.clone().or_else(|| public.clone().filter(is_here));
        let own = own.unwrap_or_else(|| local[0].clone());
        let candidates = public
            .into_iter()
            .chain(allowed.first().cloned())
            .chain(render)
            .chain(local.clone());
        for origin in candidates {
            if !known.contains(&origin) {
                known.push(origin);
            }
        }
        let is_page = |origin: &&String| is_here(origin) && !local.contains(origin);
        let pages = known.iter().find(is_page).unwrap_or(&known[0]).clone();
        Self {
            known,
            allowed,
            own,
            pages,
        }
    }

    /// Whether pages of this origin may change something here.
    pub fn accept(&self, origin: &str) -> bool {
        self.known
            .iter()
            .chain(&self.allowed)
            .any(|known| known == origin)
    }
}

/// The origin of an `http` or `https` address: a final slash or path is taken off.
fn parse(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

fn parse_list(text: &str) -> Option<Vec<String>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(parse)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Origins, Variables};

    #[test]
    fn links_come_from_the_public_address_first() {
        let mut variables = Variables::of(&[
            ("RENDER_EXTERNAL_URL", "https://neopro-central.onrender.com"),
            ("ALLOWED_ORIGINS", "https://site1.com/, https://site2.com"),
            ("PUBLIC_URL", "https://tv.example.fr/"),
        ]);
        let origins = Origins::read(&mut variables, 3001);
        assert_eq!(
            origins.known,
            [
                "https://tv.example.fr",
                "https://site1.com",
                "https://neopro-central.onrender.com",
                "http://localhost:3001",
                "http://127.0.0.1:3001",
            ]
        );
        assert_eq!(origins.own, "https://neopro-central.onrender.com");
        assert!(origins.accept("https://site2.com") && !origins.accept("https://site3.com"));
    }

    #[test]
    fn links_to_this_servers_own_pages_lead_to_no_dashboard_elsewhere() {
        let render = ("RENDER_EXTERNAL_URL", "https://neopro.onrender.com");
        let allowed = ("ALLOWED_ORIGINS", "https://site1.com");
        let public = ("PUBLIC_URL", "https://tv.example.fr");
        for (given, pages) in [
            (vec![render, allowed, public], "https://tv.example.fr"),
            (vec![render, allowed], "https://neopro.onrender.com"),
            // All that is known is where browsers are.
            (vec![allowed], "https://site1.com"),
            (vec![], "http://localhost:3001"),
        ] {
            let origins = Origins::read(&mut Variables::of(&given), 3001);
            assert_eq!(origins.pages, pages, "{given:?}");
        }
    }
}
