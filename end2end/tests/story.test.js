// The first proof: a sponsor's video goes up, plays on a club's TV, and the proof comes back.
// Real processes, two real browsers, and an observer of our own that counts what the TV shows.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser, startTv } from "../harness/browser.js";
import {
  acceptScreen,
  createSite,
  open,
  pairingOnTv,
  playsOn,
  publish,
  signIn,
  typeCode,
  upload,
} from "../harness/dashboard.js";
import { observe } from "../harness/observer.js";
import { forge, startBlankPage } from "../harness/forger.js";
import { startPlayer } from "../harness/player.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { sleep, until } from "../harness/wait.js";

const NAMES = ["Optique Armor", "Crédit de l’Ouest"]; // the second has sound
const FILES = NAMES.map((name) =>
  fileURLToPath(new URL(`../clips/demo/${name}.mp4`, import.meta.url)),
);
const SITE = { name: "Gymnase de la Vallée", club: "US Cesson", city: "Cesson-Sévigné" };

describe("the first proof", { concurrency: false }, () => {
  let server;
  let player;
  let browser;
  let page; // the admin's
  let tv;
  let screen; // the TV's page
  let observer;
  let site; // its id
  let expected = 0; // plays that the observers of all TVs have seen

  const step = steps(() => ({ page, screen }));

  before(async () => {
    server = await startServer();
    browser = await startBrowser();
    page = await newPage(browser);
  });

  after(async () => {
    await tv?.stop();
    await browser?.close();
    await player?.stop();
    if (server) assert.equal(await server.stop(), 0, "the server stops cleanly on SIGTERM");
  });

  const siteSays = async (words) => {
    await open(page, `${server.url}/sites/${site}`);
    return page.getByText(words).first().isVisible();
  };
  // Every place that counts says the same number, which is what the observers saw.
  const countsAgree = async () => {
    const perSite = `${server.url}/sites/${site}/plays`;
    const arrived = async () => (await playsOn(page, perSite)) === expected;
    await until(`${expected} plays on the site's page`, arrived, { seconds: 60, every: 2 });
    assert.equal(await playsOn(page, `${server.url}/plays`), expected);
    assert.equal(await playsOn(page, `${server.url}/`), expected);
  };
  // Leaves the TV in the middle of a clip, so that begun and ended are not in doubt.
  const leaveMidway = async () => {
    const shown = observer.showings().length;
    await until("the next clip runs", () => {
      const last = observer.showings().at(-1);
      return observer.showings().length > shown && last.to - last.from > 1;
    });
  };

  step("an admin created on the command line signs in", async () => {
    await server.createAdmin();
    await signIn(page, server, ADMIN);
    await page.getByRole("link", { name: "Sites" }).first().waitFor();
  });

  step("a site is created", async () => {
    site = await createSite(page, server, SITE);
    await page.getByRole("heading", { name: SITE.name }).waitFor();
  });

  step("the TV shows a code and two words; the dashboard shows the same words", async () => {
    player = await startPlayer(server.url);
    tv = await startTv();
    observer = await observe(tv.context);
    screen = await tv.newPage();
    await screen.goto(player.tv);
    const { code, words } = await pairingOnTv(screen);
    await screen.screenshot({ path: fileURLToPath(new URL("../output/tv-pairing.png", import.meta.url)) });

    await typeCode(page, server, site, code);
    for (const word of words) await page.getByText(word).first().waitFor();
    await photograph(page, "pair");
    assert.deepEqual(await violations(page), []);
    await acceptScreen(page, site);
    await until("the site is online", () => siteSays("En ligne"), { seconds: 60, every: 2 });
  });

  step("two videos go up", async () => {
    await upload(page, server, FILES);
  });

  step("the loop is published", async () => {
    await publish(page, server, site, NAMES, "Les deux premiers sponsors");
  });

  step("the TV really plays both, from the first frame to the end", async () => {
    await until("five showings came to their end", () => observer.completed().length >= 5, {
      seconds: 120,
    });
    for (const { duration, from, to, frames } of observer.completed()) {
      assert.ok(to - from > 0.95 * duration - 0.1, `only ${from} to ${to} of ${duration} s`);
      assert.ok(frames > 5 * duration, `only ${frames} frames in ${duration} s`);
    }
    // A showing has an address of its own; the path names the file.
    const sources = new Set(observer.completed().map(({ source }) => new URL(source).pathname));
    assert.equal(sources.size, 2, "both videos");
    await until("the site says what is on screen", () => siteSays(NAMES[0]), { seconds: 60, every: 2 });
  });

  step("a second window shows and counts nothing more", async () => {
    const second = await startTv({ name: "tv-second" });
    try {
      await (await second.newPage()).goto(player.tv);
      const ended = observer.completed().length;
      await until("two more showings", () => observer.completed().length >= ended + 2);
    } finally {
      await second.stop();
    }
  });

  step("a forged end, from another window or another site's page, is refused and counts nothing", async () => {
    const second = await startTv({ name: "tv-forger" });
    const elsewhere = await startBlankPage();
    try {
      const forger = await second.newPage();
      await forger.goto(player.tv);
      const refused = await forger.evaluate(forge, "/local/report");
      assert.deepEqual(refused, {
        status: 403,
        sentence: "Cet onglet n'a pas la main sur l'écran : ce qu'il dit ne compte pas.",
      });
      await forger.goto(elsewhere.url);
      const blocked = await forger.evaluate(forge, new URL("/local/report", player.tv).href).catch(String);
      assert.match(blocked, /Failed to fetch/, "the browser asks first, and is told no");
      const sent = await fetch(new URL("/local/report", player.tv), {
        method: "POST",
        headers: { origin: elsewhere.url, "content-type": "application/json" },
        body: "{}",
      });
      assert.equal(sent.status, 403);
      assert.match((await sent.json()).message, /autre page/);
    } finally {
      await elsewhere.stop();
      await second.stop();
    }
  });

  step("a hidden page makes no play, and the site says that the screen is off", async () => {
    await leaveMidway();
    const front = await tv.newPage();
    await front.bringToFront();
    const shown = observer.showings().length;
    await until("the site says so", () => siteSays(/écran éteint/i), { seconds: 60, every: 2 });
    await sleep(5000);
    assert.equal(observer.showings().length, shown);
    expected = shown;
    await countsAgree();
    await front.close();
    await screen.bringToFront();
    await until("it goes on", () => observer.showings().length > shown);
  });

  step("a closed tab makes no play", async () => {
    await leaveMidway();
    await screen.close();
    expected = observer.showings().length;
    await until("the site says so", () => siteSays(/écran éteint/i), { seconds: 60, every: 2 });
  });

  step("the dashboard counts what the observer saw, and so does the player's journal", async () => {
    await countsAgree();
    const journal = await player.journal();
    assert.equal(journal.length, expected);
    const completed = journal.filter(({ outcome }) => outcome === "completed");
    assert.equal(completed.length, observer.completed().length);
  });

  step("without the kiosk's flag the TV plays muted, and it counts", async () => {
    await tv.stop();
    tv = await startTv({ name: "tv-muted", sound: false });
    const earlier = expected;
    observer = await observe(tv.context);
    screen = await tv.newPage();
    await screen.goto(player.tv);
    await until("three showings came to their end", () => observer.completed().length >= 3, {
      seconds: 90,
    });
    assert.ok(observer.completed().some(({ muted }) => muted));
    await leaveMidway();
    await screen.getByText("Activer le son").waitFor();
    await screen.close();
    expected = earlier + observer.showings().length;
    await countsAgree();
  });

  step("every page is accessible in both themes and fits a phone", async () => {
    await open(page, `${server.url}/videos`);
    const video = await page.getByRole("link", { name: NAMES[0] }).first().getAttribute("href");
    const pages = {
      home: "/",
      sites: "/sites",
      "site-new": "/sites/new",
      site: `/sites/${site}`,
      "site-plays": `/sites/${site}/plays`,
      "site-edit": `/sites/${site}/edit`,
      pair: "/pair",
      videos: "/videos",
      video,
      plays: "/plays",
      "not-found": "/nulle-part",
    };
    const found = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(page, `${server.url}${path}`);
      await photograph(page, name);
      found.push(...(await violations(page)));
      if (await overflowsOnPhone(page)) found.push(`${path} scrolls sideways on a phone`);
    }
    assert.deepEqual(found, []);
  });

  step("nothing went wrong in the admin's browser", () => {
    const expectedByUs = /404/; // the page that does not exist
    assert.deepEqual(page.problems.filter((problem) => !expectedByUs.test(problem)), []);
  });
});
