// A host of files: Apache as shared hosts run it, with `.htaccess`, over HTTPS.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "node:https";

import { start, temporaryFolder } from "../harness/process.js";
import { freePort, until } from "../harness/wait.js";

const MODULES = ["mpm_event", "authz_core", "dir", "headers", "mime", "rewrite", "socache_shmcb", "ssl"];
const NOBODY = process.getuid() === 0 ? "User nobody\nGroup nogroup\n" : "";

export async function startHostinger(domain, { key, certificate }) {
  const folder = temporaryFolder("hostinger");
  chmodSync(folder.path, 0o755);
  const [site, port] = [join(folder.path, "public_html"), await freePort()];
  mkdirSync(site);
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const file = join(folder.path, "apache.conf");
  writeFileSync(
    file,
    `ServerRoot ${folder.path}
ServerName ${domain}
${modules.join("\n")}
${NOBODY}Listen 127.0.0.1:${port}
PidFile ${folder.path}/apache.pid
ErrorLog ${folder.path}/error.log
TypesConfig /dev/null
DefaultRuntimeDir ${folder.path}
SSLEngine on
SSLCertificateFile ${certificate}
SSLCertificateKeyFile ${key}
DocumentRoot ${site}
DirectoryIndex index.html
AddType text/html .html
AddType text/css .css
AddType image/svg+xml .svg
<Directory ${site}>
  AllowOverride All
  Require all granted
</Directory>
`,
  );
  const apache = start("hostinger", "/usr/sbin/apache2", ["-f", file, "-DFOREGROUND"]);
  const listens = () =>
    new Promise((resolve) => {
      const asked = request({ port, host: "127.0.0.1", rejectUnauthorized: false }, (answer) => resolve(!!answer.resume()));
      asked.on("error", () => resolve(false)).end();
    });
  await until("Apache listens", () => (apache.alive(), listens()), { every: 0.05 });
  return {
    port,
    site,
    // Deletes the old files.
    empty: () => (rmSync(site, { recursive: true }), mkdirSync(site)),
    stop: () => apache.stop().then(() => folder.remove()),
  };
}
