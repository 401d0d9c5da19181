// A box is replaced, put back and unlinked; the password is asked for again before each of it.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import {
  acceptScreen,
  createSite,
  linkPlayer,
  open,
  pairingOnTv,
  signIn,
  typeCode,
  words,
} from "../harness/dashboard.js";
import { pressOn, typeInto } from "../harness/keyboard.js";
import { startPlayer } from "../harness/player.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/wait.js";

const SITE = { name: "Salle Jean-Moulin", club: "Étoile sportive de Kerlann", city: "Quimper" };

describe("the boxes of a site", { concurrency: false }, () => {
  let server;
  let browser;
  let page; // the admin's
  let site; // its id
  const boxes = [];
  const screens = [];

  const step = steps(() => ({ page, first: screens[0], second: screens[1] }));

  before(async () => {
    server = await startServer({ name: "server-keys" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
    site = await createSite(page, server, SITE);
    for (const name of ["first", "second"]) {
      boxes.push(await startPlayer(server.url, { name: `player-${name}` }));
      screens.push(await newPage(browser));
    }
    await linkPlayer(page, server, boxes[0], site, screens[0]);
    await screens[1].goto(boxes[1].tv);
  });

  after(async () => {
    await browser?.close();
    for (const box of boxes) await box.stop();
    await server?.stop();
  });

  const button = (name) => page.getByRole("button", { name: words(name) });
  const heading = (name) => page.getByRole("heading", { name: words(name) });
  const passwordInput = () => page.getByLabel("Votre mot de passe", { exact: true });
  const isClean = async (name) => {
    await photograph(page, name);
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflowsOnPhone(page), false, "the page scrolls sideways on a phone");
  };
  // A report of the box comes, then a change of the site: the open page draws its boxes anew.
  const drawnAnew = async () => {
    const api = `/api/v1/sites/${site}`;
    const keys = () => page.evaluate(async (path) => (await fetch(path)).text(), `${api}/keys`);
    const before = await keys();
    await until("the box has reported", async () => (await keys()) !== before, { seconds: 30 });
    const asked = page.waitForResponse((response) => response.url().includes("list_site_keys"));
    await page.evaluate(async (path) => {
      const body = await (await fetch(path)).text();
      const headers = { "content-type": "application/json" };
      const { ok, status } = await fetch(path, { method: "PUT", headers, body });
      if (!ok) throw new Error(`${status}`);
    }, api);
    await asked;
  };
  const propose = async (screen) => {
    const { code } = await pairingOnTv(screen);
    await typeCode(page, server, site, code);
    await acceptScreen(page, site);
  };

  step("a code typed on a site with a screen changes nothing yet", async () => {
    const { code } = await pairingOnTv(screens[1]);
    await typeCode(page, server, site, code);
    await button("Les mots sont les mêmes").waitFor();
    await isClean("keys-pair");
    await acceptScreen(page, site);
    await page.getByText("Un nouveau boîtier attend votre accord.").waitFor();
    await page.getByRole("link", { name: "Comparer et décider" }).click();
    await heading("Un nouveau boîtier demande à prendre la place").waitFor();
    await isClean("keys-pending");
    await screens[0].getByText(SITE.name).first().waitFor();
  });

  step("a press acts once, also after the boxes were drawn anew", async () => {
    await drawnAnew();
    let accepted = 0;
    page.on("request", (request) => (accepted += request.url().includes("accept_site_key")));
    await button("Accepter ce boîtier").click();
    await passwordInput().waitFor();
    assert.equal(accepted, 1);
  });

  step("a wrong password accepts nothing", async () => {
    await passwordInput().fill("Mauvais-Cheval-9");
    await button("Confirmer").click();
    await page.getByText("Ce n’est pas votre mot de passe.").waitFor();
    await isClean("keys-password");
    await heading("Un nouveau boîtier demande à prendre la place").waitFor();
  });

  step("with the right one, the new box takes over when it comes", async () => {
    await passwordInput().fill(ADMIN.password);
    await button("Confirmer").click();
    await heading("Ancien boîtier").waitFor({ timeout: 30_000 });
    await screens[1].getByText(SITE.name).first().waitFor({ timeout: 30_000 });
    await pairingOnTv(screens[0]);
    await page.getByText("Nouveau boîtier en service").first().waitFor();
    await isClean("keys-retiring");
  });

  step("the box of before is put back; the password still counts", async () => {
    await button("Remettre en service").click();
    await page.getByText("Ancien boîtier remis en service").first().waitFor();
    await screens[0].getByText(SITE.name).first().waitFor({ timeout: 30_000 });
    await pairingOnTv(screens[1]);
  });

  step("by keyboard, in another session, the password is asked for again", async () => {
    await page.context().close();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
    await propose(screens[1]);
    await pressOn(page, page.getByRole("link", { name: "Comparer et décider" }));
    await pressOn(page, button("Accepter ce boîtier"));
    await typeInto(page, passwordInput(), ADMIN.password);
    await page.keyboard.press("Enter");
    await screens[1].getByText(SITE.name).first().waitFor({ timeout: 30_000 });
  });

  step("an unlinked screen says so, on the dashboard and on its TV", async () => {
    await open(page, `${server.url}/sites/${site}/player`);
    await button("Délier cet écran").click();
    await page.getByText("Ce site n’aura plus d’écran").waitFor();
    await isClean("keys-unlink");
    await page.getByRole("dialog").getByRole("button", { name: words("Délier l'écran") }).click();
    await page.getByText(words("Aucun écran n'est relié à ce site")).waitFor();
    await pairingOnTv(screens[1]);
    await page.getByText("Boîtier délié, clé révoquée").waitFor();
    await isClean("keys-unlinked");
  });

  step("a box goes to another site only when that is said", async () => {
    const other = await createSite(page, server, { ...SITE, name: "Gymnase du Port" });
    const { code } = await pairingOnTv(screens[0]);
    await typeCode(page, server, other, code);
    const accept = button("Les mots sont les mêmes");
    await accept.click();
    await page.getByText("Ce boîtier est relié à un autre site.").waitFor();
    await isClean("keys-move");
    await page.getByRole("checkbox").check();
    await accept.click();
    await page.waitForURL(new RegExp(`/sites/${other}$`));
    await screens[0].getByText("Gymnase du Port").first().waitFor({ timeout: 30_000 });
    await open(page, `${server.url}/sites/${site}/player`);
    await page.getByText("Boîtier parti vers Gymnase du Port").waitFor();
    site = other;
  });

  step("two boxes with one card are named, with what to do", async () => {
    boxes.push(await startPlayer(server.url, { name: "player-copy", copyOf: boxes[0] }));
    await open(page, `${server.url}/sites/${site}`);
    const copied = "Deux boîtiers utilisent la même carte";
    await page.getByText(copied).waitFor({ timeout: 60_000 });
    await isClean("keys-copied-notice");
    await page.getByRole("link", { name: /^Que faire/ }).click();
    await heading(copied).waitFor();
    await isClean("keys-copied");
    await open(page, `${server.url}/sites`);
    await page.getByText(copied).waitFor();
    await isClean("keys-copied-list");
  });

  step("people see their own sessions, end the others and change their password", async () => {
    await open(page, `${server.url}/account`);
    const ends = page.getByRole("button", { name: /^Fermer la session/ });
    await ends.first().waitFor();
    assert.equal(await ends.count(), 1);
    await isClean("account");
    await ends.first().click();
    await page.getByText("Session fermée.").waitFor();
    await page.getByLabel("Nouveau mot de passe").fill("court");
    await button("Changer de mot de passe").click();
    await page.getByText(/au moins 12\scaractères/).last().waitFor();
    await page.getByLabel("Nouveau mot de passe").fill("Encore-Un-Cheval-9");
    await button("Changer de mot de passe").click();
    await page.getByText("Mot de passe changé.").waitFor();
  });

  step("nothing complained but the refusals that were asked for", () => {
    assert.deepEqual(page.problems.filter((text) => !/4(03|09|22)/.test(text)), []);
  });
});
