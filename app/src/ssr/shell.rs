use http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use super::set_headers;
use crate::App;
use crate::state::{language, theme};

/// The fonts of what is read first, known before the stylesheet is: text that came in another font
/// would move the page.
const FONTS: [&str; 2] = [
    "/fonts/inter-400-700-latin-5.2.8.woff2",
    "/fonts/outfit-600-latin-5.2.8.woff2",
];

/// The frame of every page that the dashboard renders.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    set_headers(&options);
    let headers = use_context::<Parts>()
        .map(|parts| parts.headers)
        .unwrap_or_default();
    let language = language::of_headers(&headers).tag();
    let theme = theme::of_headers(&headers).attribute();
    let fonts = FONTS.map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {fonts}
                <HashedStylesheet options=options.clone()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body class="bg-base-200 text-base-content">
                <App/>
            </body>
        </html>
    }
}
