// The whole job without touching a mouse.
import { once } from "node:events";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { newPage, startBrowser } from "../harness/browser.js";
import { open, pairingOnTv, ready, words } from "../harness/dashboard.js";
import { pressOn, typeInto } from "../harness/keyboard.js";
import { startPlayer } from "../harness/player.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";

const NAME = "Optique Armor";
const FILE = fileURLToPath(new URL(`../clips/demo/${NAME}.mp4`, import.meta.url));

describe("by keyboard alone", { concurrency: false }, () => {
  let server;
  let player;
  let browser;
  let page;
  let site;

  const step = steps(() => ({ page }));

  before(async () => {
    server = await startServer({ name: "server-keyboard" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
  });

  after(async () => {
    await browser?.close();
    await player?.stop();
    await server?.stop();
  });

  const button = (name) => page.getByRole("button", { name });

  step("sign in", async () => {
    await page.goto(`${server.url}/login`);
    await typeInto(page, page.getByLabel("Adresse e-mail"), ADMIN.email);
    await typeInto(page, page.getByLabel("Mot de passe"), ADMIN.password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
    await ready(page);
  });

  step("create a site, found by the navigation", async () => {
    await pressOn(page, page.getByRole("link", { name: "Sites", exact: true }).first());
    await page.waitForURL(/\/sites$/);
    await pressOn(page, page.getByRole("link", { name: "Nouveau site" }).first());
    await page.waitForURL(/\/sites\/new$/);
    await typeInto(page, page.getByLabel("Nom du site"), "Palais des Sports");
    await typeInto(page, page.getByLabel("Club"), "Rennes HB");
    await typeInto(page, page.getByLabel("Ville"), "Rennes");
    await pressOn(page, button("Créer le site"));
    await page.waitForURL(/\/sites\/[0-9a-f-]{36}$/);
    site = new URL(page.url()).pathname.split("/").at(-1);
  });

  step("link its screen", async () => {
    player = await startPlayer(server.url, { name: "player-keyboard" });
    const screen = await newPage(browser);
    await screen.goto(player.tv);
    const { code } = await pairingOnTv(screen);
    await screen.context().close();
    await open(page, `${server.url}/pair?site=${site}`);
    await typeInto(page, page.getByLabel(words("Code affiché sur l'écran")), code);
    await page.keyboard.press("Enter");
    await pressOn(page, button(words("Les mots sont les mêmes")));
    await page.waitForURL(new RegExp(`/sites/${site}$`));
  });

  step("upload a video", async () => {
    await open(page, `${server.url}/videos`);
    const chooser = once(page, "filechooser");
    const input = page.locator("input[type=file]");
    const opener = (await input.isVisible()) ? input : button("Ajouter des vidéos").first();
    await pressOn(page, opener);
    await (await chooser)[0].setFiles(FILE);
    await page.getByRole("link", { name: NAME }).first().waitFor({ timeout: 60_000 });
  });

  step("publish a loop", async () => {
    await open(page, `${server.url}/sites/${site}`);
    await pressOn(page, button("Ajouter depuis la vidéothèque"));
    await pressOn(page, page.getByRole("dialog").getByRole("button", { name: `Ajouter ${NAME}` }));
    if (await page.getByRole("dialog").isVisible()) await page.keyboard.press("Escape");
    await typeInto(page, page.getByLabel("Commentaire"), "Sans souris");
    await pressOn(page, button(/^Publier/));
    await page.getByText(/Version 1\b/).first().waitFor();
  });
});
