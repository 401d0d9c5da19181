//! Mails as HTML: one column, no pictures, nothing fetched from anywhere.

use super::content::{Content, Words};

const HEAD: &str = "<!doctype html><html lang=\"";
const STYLE: &str = "\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"></head>\
<body style=\"margin:0;padding:24px;background:#f4f5f7;font-family:sans-serif;color:#1d2433\">\
<div style=\"max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px\">\
<p style=\"margin:0 0 16px;font-weight:bold;color:#2022e9\">NeoPro</p>";
const FOOT: &str = "</div></body></html>";

/// The mail's page.
pub(super) fn page(content: &Content, origin: &str) -> String {
    let link = content.link(origin);
    let parts = content.parts();
    let lang = parts.first().map_or("fr", |(language, _)| language.tag());
    let said = parts
        .iter()
        .map(|(language, words)| part(language.tag(), words, link.as_deref()));
    let said: Vec<_> = said.collect();
    let rule = "<hr style=\"border:0;border-top:1px solid #e2e5ea;margin:24px 0\">";
    [HEAD, lang, STYLE, &said.join(rule), FOOT].concat()
}

fn part(lang: &str, words: &Words, link: Option<&str>) -> String {
    let link = link.map(|link| {
        format!(
            "<p><a href=\"{}\" style=\"color:#2022e9\">{}</a></p>",
            escaped(link),
            escaped(&words.link)
        )
    });
    format!(
        "<div lang=\"{lang}\"><h1 style=\"font-size:20px;margin:0 0 8px\">{}</h1>\
         <p style=\"line-height:1.5;margin:0 0 12px\">{}</p>{}</div>",
        escaped(&words.subject),
        escaped(&words.text).replace('\n', "<br>"),
        link.unwrap_or_default()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_club_cannot_write_html_into_a_mail() {
        let words = Words::new("<script>", "a & b", "\"Ouvrir\"");
        let content = Content::both(words.clone(), words, "/sites/1".to_owned());
        let page = page(&content, "https://tv.example.fr");
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
        assert!(page.contains("href=\"https://tv.example.fr/sites/1\""));
    }
}
