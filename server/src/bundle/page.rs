//! What the bundle has of its own: the page, its first script, and what Apache does with addresses.

/// Every address of the dashboard is the one page, as in the deployment guide; files that are not there
/// are missing, and not that page. The rest is for hosts that allow it: the page is asked for anew each
/// time, names with hashes are kept for ever.
pub const HTACCESS: &str = r#"<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteBase /
  RewriteRule ^index\.html$ - [L]
  RewriteRule ^(pkg|fonts)/ - [L]
  RewriteCond %{REQUEST_FILENAME} !-f
  RewriteCond %{REQUEST_FILENAME} !-d
  RewriteRule . /index.html [L]
</IfModule>
<IfModule mod_mime.c>
  AddType application/wasm .wasm
  AddType text/javascript .js
</IfModule>
<IfModule mod_headers.c>
  Header set X-Content-Type-Options "nosniff"
  Header set X-Frame-Options "DENY"
  Header set Referrer-Policy "same-origin"
  <FilesMatch "\.(js|css|wasm|woff2)$">
    Header set Cache-Control "public, max-age=31536000, immutable"
  </FilesMatch>
  <FilesMatch "\.html$">
    Header set Cache-Control "no-cache"
  </FilesMatch>
</IfModule>
"#;

/// What is said where the dashboard does not load: half of the files uploaded, or a browser of long ago.
const FAILED: &str = "NeoPro n’a pas pu démarrer. Rechargez la page ; si rien ne change, téléversez de \
                      nouveau tous les fichiers du tableau de bord.";

/// Loads the dashboard, whose script and WASM are at these paths, and tells it where its server is.
pub fn script(js: &str, wasm: &str, server: &str) -> String {
    format!(
        "try {{\n  const {{ default: init, start }} = await import(\"{js}\");\n  \
         await init({{ module_or_path: \"{wasm}\" }});\n  start(\"{server}\");\n\
         }} catch (error) {{\n  console.error(error);\n  \
         document.querySelector(\"#begin\").textContent = \"{FAILED}\";\n}}\n"
    )
}

/// The page: what is seen until the dashboard is there, and what it may load and send to.
pub fn index(main: &str, stylesheet: &str, server: &str, store: Option<&str>) -> String {
    let store = store.map(|store| format!(" {store}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self' data: blob: {server}; media-src 'self' blob: {server}; \
         connect-src 'self' {server}{store}; form-action 'self'; base-uri 'none'"
    );
    format!(
        r#"<!DOCTYPE html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>NeoPro</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="preconnect" href="{server}" crossorigin="use-credentials">
    <link rel="stylesheet" href="/{stylesheet}">
    <script type="module" src="/{main}"></script>
  </head>
  <body class="bg-base-200 text-base-content">
    <main class="min-h-screen grid place-items-center px-6">
      <p id="begin" class="display text-lg font-semibold text-center max-w-md">NeoPro</p>
    </main>
    <noscript>
      <p class="panel p-5 m-6">NeoPro a besoin de JavaScript. Sans lui, ouvrez <a class="link" href="{server}">{server}</a>.</p>
    </noscript>
  </body>
</html>
"#
    )
}
