// What a hand holds: 390 pixels wide.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { open, signIn } from "../harness/dashboard.js";
import { signedIn } from "../harness/rest.js";
import { output } from "../harness/process.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/wait.js";

const NAMES = ["Optique Armor", "Crédit de l’Ouest", "Garage Le Goff", "Boulangerie Martin"];
const NEW = "Brasserie du Port";
const clip = (name) => new URL(`../clips/demo/${encodeURIComponent(name)}.mp4`, import.meta.url);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("a phone", { concurrency: false }, () => {
  let server;
  let browser;
  let page;
  let site; // the address of its page

  const step = steps(() => ({ page }), { chained: false });

  before(async () => {
    server = await startServer({ name: "server-phone" });
    await server.createAdmin();
    const api = await signedIn(server, ADMIN);
    const videos = [];
    for (const name of NAMES) videos.push((await api.upload(`${name}.mp4`, readFileSync(clip(name)))).video.id);
    const { id } = await api.post("/sites", { name: "Gymnase de la Vallée", club: "US Cesson", city: "Cesson-Sévigné" });
    await api.post(`/sites/${id}/configurations`, { videos, comment: "Première boucle" });
    site = `${server.url}/sites/${id}`;
    browser = await startBrowser();
    page = await newPage(browser, PHONE);
    await signIn(page, server, ADMIN);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const box = (locator) => locator.boundingBox();
  const isInView = async (locator) => {
    const { x, width } = await box(locator);
    return x >= 0 && x + width <= PHONE.viewport.width;
  };
  const isClean = async (name) => {
    await photograph(page, name);
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflowsOnPhone(page), false, "the page scrolls sideways");
  };

  step("a site's tabs stand in one line, the open one in view", async () => {
    const tabs = page.getByRole("navigation", { name: "Pages du site" });
    for (const path of ["", "/versions", "/edit"]) {
      await open(page, `${site}${path}`);
      const current = tabs.locator("[aria-current]");
      await until(`the tab of « ${path} » is in view`, () => isInView(current), { seconds: 5 });
      const rows = await tabs.getByRole("link").evaluateAll((links) => new Set(links.map((link) => link.offsetTop)).size);
      assert.equal(rows, 1, "one line");
    }
    const first = tabs.getByRole("link").first();
    assert.equal(await isInView(first), false);
    await first.focus();
    await until("what has the focus is in view", () => isInView(first), { seconds: 5 });
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Boucle" }).waitFor();
    await until("the open tab is in view", () => isInView(tabs.locator("[aria-current]")), { seconds: 5 });
    await open(page, `${site}/versions`);
    await isClean("phone-tabs");
  });

  step("uploads stand above the cards", async () => {
    await open(page, `${server.url}/videos`);
    const cards = page.locator("main li a[href^='/videos/']");
    await page.locator("input[type=file]").setInputFiles(fileURLToPath(clip(NEW)));
    const uploads = page.getByRole("region", { name: "Envois" });
    await uploads.getByText("Dans la vidéothèque").waitFor();
    assert.ok((await box(uploads)).y < (await box(cards.first())).y);
    await isClean("phone-uploads");
  });

  step("a message covers neither the button that publishes nor the bar", async () => {
    await open(page, site);
    const publish = page.getByRole("button", { name: /^Publier/ });
    const row = page.locator(".loop-row").filter({ hasText: NAMES[0] });
    await row.locator("button").first().focus();
    await page.getByRole("button", { name: `Retirer ${NAMES[0]}` }).click();
    const toast = page.getByText(`${NAMES[0]} n’est plus dans la boucle.`).last();
    await toast.waitFor();
    const { y, height } = await box(page.locator(".toasts > div").first());
    assert.ok(y + height <= (await box(publish)).y, "the message stands above the button");
    const bar = await box(page.locator(".bottom-bar"));
    const button = await box(publish);
    assert.ok(button.y + button.height <= bar.y, "the button stands above the bar");
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(output, `phone-foot-${colorScheme}.png`) });
    }
    await isClean("phone-publish");
  });
});
