// Two kinds of Chromium. The admin's is driven by Playwright as usual. The TV's is started like a
// kiosk's, with nothing that Playwright adds, so that hidden pages are really hidden.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

import { start, temporaryFolder } from "./process.js";
import { until } from "./wait.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const asRoot = process.getuid() === 0 ? ["--no-sandbox"] : [];
const QUIET = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export function startBrowser(args = []) {
  return chromium.launch({ executablePath, args: [...asRoot, ...QUIET, ...args] });
}

// A browser whose settings somebody has changed; every page is one of the same person.
export async function startProfile(preferences, args) {
  const profile = temporaryFolder("profile");
  mkdirSync(join(profile.path, "Default"));
  writeFileSync(join(profile.path, "Default/Preferences"), JSON.stringify(preferences));
  const options = { executablePath, args: [...asRoot, ...QUIET, ...args], ...FRENCH };
  const context = await chromium.launchPersistentContext(profile.path, options);
  return { newContext: () => context, close: () => context.close().then(() => profile.remove()) };
}

const FRENCH = { locale: "fr-FR", timezoneId: "Europe/Paris", viewport: { width: 1440, height: 1000 } };

// A page as a person in France sees the dashboard.
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ ...FRENCH, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`${message.text()} ${message.location().url}`.trim());
  });
  return page;
}

// `sound`: a kiosk's flag lets videos play with sound at once; without it, only muted ones do.
export async function startTv({ sound = true, name = "tv" } = {}) {
  const profile = temporaryFolder(name);
  const browser = start(name, executablePath, [
    ...asRoot,
    ...QUIET,
    ...(sound ? ["--autoplay-policy=no-user-gesture-required"] : []),
    "--headless=new",
    "--hide-scrollbars",
    "--window-size=1280,720",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile.path}`,
    "about:blank",
  ]);
  const port = await until("the TV's browser listens", () => {
    browser.alive();
    return readFileSync(join(profile.path, "DevToolsActivePort"), "utf8").split("\n")[0];
  });
  const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const context = connection.contexts()[0];
  context.setDefaultTimeout(15_000);
  return {
    context,
    newPage: () => context.newPage(),
    async stop() {
      await connection.close();
      await browser.stop();
      profile.remove();
    },
  };
}
