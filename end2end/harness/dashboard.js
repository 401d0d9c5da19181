// What an admin does on the dashboard, said once: by labels and roles, as people find things.
import { until } from "./wait.js";

// A button or text pattern that takes both apostrophes.
export const words = (text) => new RegExp(text.replaceAll(/[’']/g, "[’']").replaceAll("?", "\\?"));

// Waits until the page answers to clicks: its wasm has been loaded and has taken over.
export async function ready(page) {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => {
    const loaded = performance
      .getEntriesByType("resource")
      .filter(({ name, responseEnd }) => name.endsWith(".wasm") && responseEnd > 0)
      .map(({ responseEnd }) => responseEnd);
    const rested = loaded.length > 0 && performance.now() - Math.max(...loaded) > 1500;
    return "hydrated" in document.documentElement.dataset || rested;
  });
}

export async function open(page, url) {
  await page.goto(url);
  await ready(page);
}

export async function signIn(page, server, { email, password }) {
  await page.goto(`${server.url}/login`);
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Mot de passe").fill(password);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await ready(page);
}

// Creates a site; returns its id.
export async function createSite(page, server, { name, club, city }) {
  await open(page, `${server.url}/sites/new`);
  await page.getByLabel("Nom du site").fill(name);
  await page.getByLabel("Club").fill(club);
  await page.getByLabel("Ville").fill(city);
  await page.getByRole("button", { name: "Créer le site" }).click();
  await page.waitForURL(/\/sites\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1);
}

// Types a code; returns the page's words about the screen behind it.
export async function typeCode(page, server, site, code) {
  await open(page, `${server.url}/pair?site=${site}`);
  await page.getByLabel(words("Code affiché sur l'écran")).fill(code);
  await page.getByRole("button", { name: "Vérifier le code" }).click();
}

export async function acceptScreen(page, site) {
  await page.getByRole("button", { name: words("Les mots sont les mêmes") }).click();
  await page.waitForURL(new RegExp(`/sites/${site}$`));
}

// Uploads files by their paths and waits until the library shows each by its name.
export async function upload(page, server, paths) {
  await open(page, `${server.url}/videos`);
  await page.locator("input[type=file]").setInputFiles(paths);
  for (const path of paths) {
    const name = path.split("/").at(-1).replace(/\.[^.]+$/, "");
    await page.getByRole("link", { name }).first().waitFor({ timeout: 60_000 });
  }
  // The browser draws the thumbnails of what it sent.
  const thumbnails = page.locator('main a img[src*="/thumbnail"]');
  await thumbnails.nth(paths.length - 1).waitFor({ timeout: 60_000 });
}

export async function publish(page, server, site, names, comment) {
  await open(page, `${server.url}/sites/${site}`);
  await page.getByRole("button", { name: "Ajouter depuis la vidéothèque" }).click();
  const dialog = page.getByRole("dialog");
  for (const name of names) {
    await dialog.getByRole("button", { name: `Ajouter ${name}`, exact: true }).click();
  }
  if (await dialog.isVisible()) await page.keyboard.press("Escape");
  await page.getByLabel("Commentaire").fill(comment);
  await page.getByRole("button", { name: /^Publier/ }).click();
  await page.getByText(/Version 1\b/).first().waitFor();
}

// The number of plays that a page counts.
export async function playsOn(page, url) {
  await open(page, url);
  const total = page.locator("[data-plays-total]").first();
  return Number(await total.getAttribute("data-plays-total"));
}

// The code and the two words that a waiting TV shows.
export async function pairingOnTv(tvPage) {
  return until("the TV shows its code", async () => {
    const text = (await tvPage.locator("body").innerText()).replaceAll("\u2011", "-");
    const code = /\b[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}\b/.exec(text)?.[0];
    const pair = /(\p{L}+)\s*·\s*(\p{L}+)/u.exec(text);
    return code && pair && { code, words: [pair[1], pair[2]] };
  });
}

// Signing in, a site, a linked player: what the tests beside the story start from.
export async function linkPlayer(page, server, player, site, browserPage) {
  await browserPage.goto(player.tv);
  const { code } = await pairingOnTv(browserPage);
  await typeCode(page, server, site, code);
  await acceptScreen(page, site);
}
