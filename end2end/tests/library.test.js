// Order in the library: tags, filters, where a video is shown, deleting.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { createSite, open, publish, signIn, upload } from "../harness/dashboard.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";

const NAMES = ["Optique Armor", "Crédit de l’Ouest"];
const FILES = NAMES.map((name) =>
  fileURLToPath(new URL(`../clips/demo/${name}.mp4`, import.meta.url)),
);
const SITE = { name: "Gymnase de la Vallée", club: "US Cesson", city: "Cesson-Sévigné" };

describe("the library", { concurrency: false }, () => {
  let server;
  let browser;
  let page;

  const step = steps(() => ({ page }));

  before(async () => {
    server = await startServer({ name: "server-library" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
    await upload(page, server, FILES);
    const site = await createSite(page, server, SITE);
    await publish(page, server, site, [NAMES[0]], "Première boucle");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const openVideo = async (name) => {
    await open(page, `${server.url}/videos`);
    await page.getByRole("link", { name }).first().click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };
  const cards = () => page.locator("main li a[href^='/videos/']");

  step("a video gets tags, which find it again", async () => {
    await openVideo(NAMES[0]);
    await page.getByLabel("Changer les étiquettes").fill("Saison 2026, opticien");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByRole("link", { name: "Saison 2026" }).click();
    await page.waitForURL(/\/videos\?tag=Saison/);
    await page.getByText("1 vidéo", { exact: true }).waitFor();
    assert.equal(await cards().count(), 1);
    await page.getByLabel("Étiquette", { exact: true }).selectOption("");
    await page.getByText("2 vidéos", { exact: true }).waitFor();
    await page.getByLabel("Diffusion", { exact: true }).selectOption("unused");
    await page.waitForURL(/state=unused/);
    await page.getByText("1 vidéo", { exact: true }).waitFor();
    await page.getByRole("link", { name: NAMES[1] }).first().waitFor();
    await photograph(page, "library-filtered");
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflowsOnPhone(page), false);
  });

  step("a video that is shown says where, and is not deleted", async () => {
    await openVideo(NAMES[0]);
    await page.getByRole("region", { name: "Où elle passe" }).getByRole("link", { name: SITE.name }).waitFor();
    await page.getByRole("button", { name: "Supprimer cette vidéo" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/ne peut pas être supprimée/).waitFor();
    await dialog.getByRole("link", { name: SITE.name }).waitFor();
    await photograph(page, "video-in-use");
    assert.deepEqual(await violations(page), []);
    await dialog.getByRole("button", { name: "Fermer" }).click();
    await photograph(page, "video");
    assert.deepEqual(await violations(page), []);
  });

  step("a video that nobody shows is deleted after a question", async () => {
    await openVideo(NAMES[1]);
    await page.getByRole("button", { name: "Supprimer cette vidéo" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/Ses diffusions restent/).waitFor();
    await photograph(page, "video-delete");
    assert.deepEqual(await violations(page), []);
    await dialog.getByRole("button", { name: "Supprimer la vidéo" }).click();
    await page.waitForURL(/\/videos$/);
    await page.getByText(`${NAMES[1]} n’est plus dans la vidéothèque.`).waitFor();
    await page.getByText("1 vidéo", { exact: true }).waitFor();
  });

  step("nothing went wrong in the browser", () => {
    assert.deepEqual(page.problems, []);
  });
});
