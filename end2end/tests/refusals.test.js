// What must not get in is refused in words that help, and nothing has changed afterwards.
import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { newPage, startBrowser } from "../harness/browser.js";
import { createSite, open, signIn, typeCode } from "../harness/dashboard.js";
import { temporaryFolder } from "../harness/process.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";

const refused = (name) => fileURLToPath(new URL(`../clips/refused/${name}`, import.meta.url));

// File, and what the sentence must say.
const FILES = [
  ["texte.mp4", /n[’']est pas une vidéo MP4 ou MOV/],
  ["vide.mp4", /fichier est vide/],
  ["tronquee.mp4", /incomplète/],
  ["tronquee-sans-index.mp4", /incomplète/],
  ["iphone-hevc.mov", /n[’']est pas en H\.264.*iPhone/],
  ["son-mp3.mp4", /n[’']est pas en AAC/],
  ["4k.mp4", /plus grande que 1080p/],
  ["matroska.mp4", /n[’']est pas une vidéo MP4 ou MOV/],
  ["son-seul.mp4", /n[’']est pas (une vidéo|en H\.264)/],
];

describe("refusals", { concurrency: false }, () => {
  let server;
  let browser;
  let page;
  const folder = temporaryFolder("large");

  const step = steps(() => ({ page }), { chained: false });

  before(async () => {
    server = await startServer({ name: "server-refusals" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  const uploadIsRefused = async (path, sentence) => {
    await open(page, `${server.url}/videos`);
    await page.locator("input[type=file]").setInputFiles(path);
    await page.getByText(sentence).first().waitFor({ timeout: 90_000 });
    await open(page, `${server.url}/videos`);
    assert.equal(await page.locator("a[href^='/videos/']").count(), 0, "the library is as empty as before");
  };

  for (const [name, sentence] of FILES) {
    step(`upload of ${name}`, () => uploadIsRefused(refused(name), sentence));
  }

  step("upload of a file over 2 GB", async () => {
    const path = join(folder.path, "long.mp4");
    writeFileSync(path, "");
    truncateSync(path, 2 * 1024 ** 3 + 1);
    await uploadIsRefused(path, /dépasse 2\sGo/);
  });

  step("a wrong pairing code", async () => {
    const site = await createSite(page, server, { name: "Halle Armor", club: "Lorient Volley", city: "Lorient" });
    await typeCode(page, server, site, "BBBB-BBBB");
    await page.getByText(/code n[’']est pas valable/).first().waitFor();
  });

  step("a wrong password, with the words of the guide", async () => {
    const stranger = await newPage(browser);
    await stranger.goto(`${server.url}/login`);
    await stranger.getByLabel("Adresse e-mail").fill(ADMIN.email);
    await stranger.getByLabel("Mot de passe").fill("Mauvais-Cheval-9");
    await stranger.getByRole("button", { name: "Continuer" }).click();
    await stranger.getByText("Invalid credentials").waitFor();
    await stranger.goto(`${server.url}/sites`);
    await stranger.waitForURL(/\/login/);
    await stranger.context().close();
  });
});
