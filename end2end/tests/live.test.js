// Pages that somebody looks at follow the truth: plays, other people's changes, a box that goes
// silent; and find back to it by themselves after the server or the line was gone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser, startTv } from "../harness/browser.js";
import { open, pairingOnTv, ready, signIn } from "../harness/dashboard.js";
import { startPlayer } from "../harness/player.js";
import { signedIn } from "../harness/rest.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/wait.js";

const NAMES = ["Optique Armor", "Crédit de l’Ouest"];
const clip = (name) => readFileSync(new URL(`../clips/demo/${encodeURIComponent(name)}.mp4`, import.meta.url));
const MARIE = { email: "marie@example.org", fullName: "Marie Kerdoncuff", password: "Correct-Cheval-8" };
// How old what a page says of a site may be.
const TRUTH_S = 45;

describe("live pages", { concurrency: false }, () => {
  let server;
  let player;
  let browser;
  let tv;
  let marie; // changes things elsewhere
  let site; // its id
  let videos; // their ids
  let name = "Gymnase de la Vallée"; // the site's, now
  const pages = {}; // Anne's open ones

  const step = steps(() => pages);

  before(async () => {
    server = await startServer({ name: "server-live" });
    await server.createAdmin();
    await server.createAdmin(MARIE);
    marie = await signedIn(server, MARIE);
    const uploads = await Promise.all(NAMES.map((title) => marie.upload(`${title}.mp4`, clip(title))));
    videos = uploads.map(({ video }) => video.id);
    site = (await marie.post("/sites", { name, club: "US Cesson", city: "Cesson-Sévigné" })).id;
    await publish(videos, "Première boucle");
    player = await startPlayer(server.url, { name: "player-live" });
    tv = await startTv({ name: "tv-live" });
    const screen = await tv.newPage();
    await screen.goto(player.tv);
    const { code } = await pairingOnTv(screen);
    await marie.post(`/sites/${site}/player`, { code });
    browser = await startBrowser();
    pages.home = await newPage(browser);
    await signIn(pages.home, server, ADMIN);
    for (const title of ["sites", "site", "plays"]) pages[title] = await anotherPage();
    await open(pages.sites, `${server.url}/sites`);
    await open(pages.site, `${server.url}/sites/${site}`);
    await open(pages.plays, `${server.url}/sites/${site}/plays`);
    // What a reload would forget.
    await each((page) => page.evaluate(() => (window.looking = true)));
  });

  after(async () => {
    await browser?.close();
    await tv?.stop();
    await player?.stop();
    await server?.stop();
  });

  const anotherPage = async () => {
    const page = await pages.home.context().newPage();
    page.setDefaultTimeout(15_000);
    page.problems = pages.home.problems;
    page.on("pageerror", (error) => page.problems.push(error.message));
    return page;
  };
  const each = (act) => Promise.all(Object.values(pages).map(act));
  // Seconds until every given page has it.
  const seconds = async (what, has, { within = TRUTH_S, of = pages } = {}) => {
    const began = Date.now();
    const one = ([title, page]) =>
      until(`${what} on « ${title} »`, () => has(page), { seconds: within, every: 0.1 });
    await Promise.all(Object.entries(of).map(one));
    const passed = (Date.now() - began) / 1000;
    console.log(`${what}: ${passed.toFixed(1)} s`);
    return passed;
  };
  const isLost = (page) => page.locator("[data-live-lost]").filter({ hasText: "Pas en direct" }).isVisible();
  const isLive = async (page) => !(await isLost(page));
  const hasState = (words) => (page) =>
    page.locator("main .state").filter({ hasText: words }).first().isVisible();
  const shows = (words) => (page) => page.locator("main").getByText(words).first().isVisible();
  const renamed = async (to) => {
    await marie.put(`/sites/${site}`, { name: to, club: "US Cesson", city: "Cesson-Sévigné" });
    name = to;
  };
  // Where the site's name stands; plays of a site stand under its name.
  const showsName = () => seconds(`« ${name} » is shown`, shows(name), { within: 35 });
  const publish = async (loop, comment) => {
    const { published } = await marie.get(`/sites/${site}/loop`);
    const base_version = published?.version ?? null;
    return marie.post(`/sites/${site}/configurations`, { base_version, videos: loop, comment });
  };

  step("new plays are counted while one looks", async () => {
    const count = async (page) => Number(await page.locator("[data-plays-total]").getAttribute("data-plays-total"));
    const of = { home: pages.home, plays: pages.plays };
    await seconds("the first plays are counted", async (page) => (await count(page)) >= 2, { of, within: 60 });
    const first = Math.max(...(await Promise.all(Object.values(of).map(count))));
    await seconds("two more plays are counted", async (page) => (await count(page)) >= first + 2, { of, within: 60 });
    await seconds("what is on screen is shown", shows(new RegExp(NAMES.join("|"))), { of: { site: pages.site } });
  });

  step("what another does is shown while one looks", async () => {
    await renamed("Gymnase rénové");
    await showsName();
    await publish(videos.slice(0, 1), "Sans la banque");
    const of = { site: pages.site };
    await seconds("Marie's publication is told", shows("Sans la banque"), { of });
    await until("the loop is hers", async () => (await pages.site.locator(".loop-row").count()) === 1);
  });

  step("a killed server: the pages say so, and catch up when it is back", async () => {
    await server.kill();
    assert.ok((await seconds("the pages say that they are not live", isLost)) < 5);
    await photograph(pages.home, "live-lost");
    assert.deepEqual(await violations(pages.home), []);
    assert.equal(await overflowsOnPhone(pages.home), false);
    // What happens before they are back is told to nobody.
    await pages.home.context().route(`${server.url}/**`, (route) => route.abort());
    await server.startAgain();
    await renamed("Salle de l’Armor");
    await publish(videos, "Avec la banque de nouveau");
    await each(async (page) => assert.ok(await isLost(page), "still not live"));
    await pages.home.context().unroute(`${server.url}/**`);
    await seconds("the pages are live again", isLive);
    await showsName();
    await seconds("the missed publication is told", shows("Avec la banque de nouveau"), { of: { site: pages.site } });
  });

  step("a lost network: the same", async () => {
    let tries = 0;
    pages.home.on("requestfailed", (request) => (tries += Number(request.url().endsWith("/events"))));
    await pages.home.context().setOffline(true);
    assert.ok((await seconds("offline, the pages say so", isLost)) < 5);
    await renamed("Halle des sports");
    await until("tries have become rare", () => tries >= 5, { seconds: 60 });
    await pages.home.context().setOffline(false);
    assert.ok((await seconds("the pages are live again", isLive)) < 5, "the network's return is noticed at once");
    await showsName();
  });

  step("without a line the pages still ask now and then", async () => {
    await pages.home.context().route("**/api/v1/events", (route) => route.abort());
    await server.kill(); // ends the lines that they have
    await server.startAgain();
    await seconds("the pages say that they are not live", isLost);
    await renamed("Gymnase de la Vallée");
    await showsName();
    await each(async (page) => assert.ok(await isLost(page), "still not live"));
    await pages.home.context().unroute("**/api/v1/events");
    await seconds("the pages are live again", isLive);
  });

  step("a box that loses its power is offline, and online when it has it again", async () => {
    const { home, sites, site: itsPage } = pages;
    const of = { home, sites, site: itsPage };
    await seconds("the site is online", hasState("En ligne"), { of });
    await player.kill();
    const silent = await seconds("killed, the site is offline", hasState("Hors ligne"), { of, within: 90 });
    await player.startAgain();
    const back = await seconds("started again, it is online", hasState("En ligne"), { of, within: 90 });
    assert.ok(silent <= TRUTH_S, `offline after ${silent} s`);
    assert.ok(back <= TRUTH_S, `online after ${back} s`);
  });

  step("more tabs than a browser has lines to one server", async () => {
    const screens = await startTv({ name: "tabs-live" }); // where only the tab in front is visible
    try {
      const cookies = await pages.home.context().cookies();
      const french = { name: "neopro-language", value: "fr", domain: "localhost", path: "/" };
      await screens.context.addCookies([...cookies, french]);
      const first = await screens.newPage();
      await open(first, `${server.url}/sites`);
      for (let tab = 0; tab < 8; tab += 1) {
        const page = await screens.newPage();
        await page.goto(`${server.url}/sites`);
        await ready(page);
        await page.getByRole("heading", { name: "Sites" }).waitFor();
      }
      await first.bringToFront();
      await renamed("Salle du Port");
      await until("the tab that waited behind shows what happened", () => shows(name)(first));
    } finally {
      await screens.stop();
    }
  });

  step("no page was loaded anew, and nothing went wrong but what we broke", async () => {
    await each(async (page) => assert.ok(await page.evaluate(() => window.looking), page.url()));
    const ours = /ERR_|Failed to load resource|Failed to fetch/;
    assert.deepEqual(pages.home.problems.filter((problem) => !ours.test(problem)), []);
  });
});
