// The pages of a system that has been lived in: pictures to judge, accessible, and no page that
// scrolls sideways on a phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { open, playsOn, signIn } from "../harness/dashboard.js";
import { liveIn } from "../harness/lived.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";

describe("a system that has been lived in", { concurrency: false }, () => {
  let server;
  let browser;
  let page;
  let life;

  before(async () => {
    server = await startServer({ name: "server-lived" });
    await server.createAdmin();
    life = await liveIn(server);
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
  });

  // The pictures show it dead only once the server believes it, 40 s after its last word.
  test("the dead site is told on the home page", async () => {
    await open(page, server.url);
    const told = page.locator("main li", { hasText: "ne répond plus depuis" });
    await told.filter({ hasText: "Salle du Port" }).first().waitFor({ timeout: 90_000 });
  });

  after(async () => {
    life?.stop();
    await browser?.close();
    await server?.stop();
  });

  const look = async (pages) => {
    const found = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(page, `${server.url}${path}`);
      await photograph(page, `lived-${name}`);
      found.push(...(await violations(page)));
      if (await overflowsOnPhone(page)) found.push(`${path} scrolls sideways on a phone`);
    }
    assert.deepEqual(found, []);
  };

  test("every page holds what has gathered, in both themes and on a phone", () =>
    look({
      home: "/",
      sites: "/sites",
      site: `/sites/${life.sites[4].id}`,
      "site-dead": `/sites/${life.sites[5].id}`,
      "site-plays": `/sites/${life.sites[0].id}/plays`,
      videos: "/videos",
      video: `/videos/${life.videos[0].id}`,
      plays: "/plays",
    }));

  test("every play of the fortnight is counted once", async () => {
    const today = new Date();
    const day = (date) => date.toISOString().slice(0, 10);
    const from = day(new Date(today - 20 * 86_400_000));
    assert.equal(await playsOn(page, `${server.url}/plays?from=${from}&to=${day(today)}`), life.plays);
  });

  test("the same in English", async () => {
    await page.context().addCookies([{ name: "neopro-language", value: "en", url: server.url }]);
    await look({ "home-en": "/", "site-en": `/sites/${life.sites[0].id}` });
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.getByRole("heading", { name: "On screen" }).waitFor();
  });
});
