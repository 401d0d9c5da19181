// Chapters 6 and 9: the dashboard as files of another site.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder } from "../../harness/process.js";
import { ADMIN } from "../../harness/server.js";
import { words } from "../../harness/dashboard.js";

const files = (folder) => readdirSync(folder, { recursive: true }).filter((name) => /\.\w+$/.test(name)).sort();

export async function seeSignIn(page, dashboard, path = "/") {
  await page.goto(`${dashboard.url}${path}`);
  await page.getByRole("heading", { name: "Se connecter" }).waitFor();
}

export async function signIn(page, dashboard, { email, password } = ADMIN, path = "/") {
  await seeSignIn(page, dashboard, path);
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Mot de passe").fill(password);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await page.locator("#content").waitFor();
}

export const hostinger = ({ render, hostinger, pages, api, dashboard }) => [
  [
    "6.1 and 6.2 the build with the API's address: index.html at the root, names with hashes",
    async () => {
      await render.shell(["dashboard", "--api-url", `${api.url}/`, "--out", hostinger.site]);
      const found = files(hostinger.site);
      for (const form of [/^index\.html$/, /^main\.\w+\.js$/, /^styles\.\w+\.css$/, /^pkg\/.*\.wasm$/]) {
        assert.ok(found.some((name) => form.test(name)), `${form} of ${found}`);
      }
      return `${found.length} files`;
    },
  ],
  [
    "6.3 the same as dashboard.zip of the server, with its address inside",
    async () => {
      const built = files(hostinger.site);
      hostinger.empty();
      await pages.person.goto(`${dashboard.url}/`).catch(() => {});
      const zip = await download(pages.person, `${api.url}/dashboard.zip`);
      unpack(zip, hostinger.site);
      assert.deepEqual(files(hostinger.site), built);
      return `${Math.round(zip.length / 1000)} kB`;
    },
  ],
  [
    "6.4 .htaccess is among them: every address is the one page, missing files are missing",
    async () => {
      assert.ok(existsSync(join(hostinger.site, ".htaccess")));
      const { person } = pages;
      assert.equal((await person.goto(`${dashboard.url}/sites`)).status(), 200);
      assert.equal((await person.goto(`${dashboard.url}/pkg/old.wasm`)).status(), 404);
    },
  ],
  [
    "6.5 before ALLOWED_ORIGINS the page says what to do, and the log names the origin",
    async () => {
      const { person } = pages;
      await person.goto(`${dashboard.url}/`);
      await person.getByText("ALLOWED_ORIGINS").waitFor();
      const text = await person.locator("main").innerText();
      assert.ok(text.includes(dashboard.url) && text.includes(api.url), text);
      assert.ok(render.logs().includes(dashboard.url), "the log names it");
    },
  ],
  ["6.5 ALLOWED_ORIGINS, with a stray space and a final slash", () => render.deploy({ ALLOWED_ORIGINS: ` ${dashboard.url}/ ,` })],
  [
    "6.6 the sign-in page, at the root and deep inside",
    async () => {
      const { person } = pages;
      person.problems.length = 0;
      await person.getByRole("button", { name: words("Réessayer") }).click();
      await person.getByRole("heading", { name: "Se connecter" }).waitFor();
      await seeSignIn(person, dashboard, "/sites?status=offline");
      assert.match(person.url(), /\/login\?next=/);
    },
  ],
];

export const checklist = ({ pages, api, dashboard }) => [
  [
    "API docs",
    async () => {
      await pages.person.goto(`${api.url}/api-docs`);
      await pages.person.locator(".swagger-ui .opblock").first().waitFor();
    },
  ],
  [
    "Login: from the sign-in page to the page that was asked for",
    async () => {
      await signIn(pages.person, dashboard, ADMIN, "/sites?status=offline");
      assert.equal(new URL(pages.person.url()).search, "?status=offline");
    },
  ],
  [
    "the session is a cookie of the server, kept apart for this site and hidden from scripts",
    async () => {
      const cookies = await pages.person.context().cookies(api.url);
      const session = cookies.find(({ name }) => name === "__Host-session");
      assert.deepEqual([session.httpOnly, session.secure, session.sameSite], [true, true, "None"]);
      assert.equal(await pages.person.evaluate(() => sessionStorage.length), 0, "no token for scripts");
      await pages.person.reload();
      await pages.person.locator("#content").waitFor();
    },
  ],
];

async function download(page, url) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.goto(url).catch(() => {})]);
  const stream = await file.createReadStream();
  const parts = [];
  for await (const chunk of stream) parts.push(chunk);
  return Buffer.concat(parts);
}

// As a host's file manager does it: « Extract ».
function unpack(zip, folder) {
  const work = temporaryFolder("zip");
  const file = join(work.path, "dashboard.zip");
  writeFileSync(file, zip);
  mkdirSync(folder, { recursive: true });
  const done = spawnSync("unzip", ["-q", file, "-d", folder], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`zip: ${done.stderr}`);
  work.remove();
}
