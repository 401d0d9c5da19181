// A sponsor's logo and a photo: uploaded, shown between films for as long as somebody chose, proved.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser, startTv } from "../harness/browser.js";
import { createSite, linkPlayer, open, playsOn, publish, signIn, upload } from "../harness/dashboard.js";
import { colours, record, shot } from "../harness/frames.js";
import { observe } from "../harness/observer.js";
import { startPlayer } from "../harness/player.js";
import { signedIn } from "../harness/rest.js";
import { overflowsOnPhone, photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { sleep, until } from "../harness/wait.js";

const CLIPS = { film: "demo/Optique Armor.mp4", logo: "sponsors/logo.png", photo: "sponsors/photo.jpg" };
const path = (name) => fileURLToPath(new URL(`../clips/${CLIPS[name]}`, import.meta.url));
const title = (name) => CLIPS[name].split("/").at(-1).replace(/\.[^.]+$/, "");
const hash = (name) => createHash("sha256").update(readFileSync(path(name))).digest("hex");
const SITE = { name: "Salle des Tilleuls", club: "Amicale de Bruz", city: "Bruz" };
const DEFAULT_S = 10;

describe("pictures", { concurrency: false }, () => {
  let server;
  let player;
  let browser;
  let page; // the admin's
  let tv;
  let screen; // the TV's page
  let observer;
  let site; // its id

  const step = steps(() => ({ page, screen }));
  const shown = (name) => observer.showings().filter(({ source }) => source.includes(hash(name)));
  const openVideo = async (name) => {
    await open(page, `${server.url}/videos`);
    await page.getByRole("link", { name: title(name) }).first().click();
    await page.getByRole("heading", { level: 1, name: title(name) }).waitFor();
  };
  const isOn = (name) => {
    const last = observer.showings().at(-1);
    return last?.source.includes(hash(name)) && last.to - last.from > 0.5 && last;
  };

  before(async () => {
    server = await startServer({ name: "server-pictures" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
    site = await createSite(page, server, SITE);
    player = await startPlayer(server.url, { name: "player-pictures" });
    tv = await startTv({ name: "tv-pictures" });
    observer = await observe(tv.context);
    screen = await tv.newPage();
    await linkPlayer(page, server, player, site, screen);
  });

  after(async () => {
    await tv?.stop();
    await browser?.close();
    await player?.stop();
    await server?.stop();
  });

  step("a logo and a photo go up like films", async () => {
    await upload(page, server, Object.keys(CLIPS).map(path));
    await page.getByText("Image PNG · sur aucun site").waitFor();
    await page.getByText("Image JPEG · sur aucun site").waitFor();
    await photograph(page, "videos-pictures");
    await openVideo("logo");
    await page.getByText(/400\s×\s200 · PNG/).waitFor();
    const preview = page.getByAltText("Aperçu de logo");
    await until("the preview is there", () => preview.evaluate(({ naturalWidth }) => naturalWidth === 400));
    await photograph(page, "video-picture");
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflowsOnPhone(page), false);
  });

  step("the TV shows them between films, without a black frame", async () => {
    await publish(page, server, site, Object.keys(CLIPS).map(title), "Avec un logo");
    await until("the logo is on", () => isOn("logo"), { seconds: 60, every: 0.1 });
    const frames = await record(screen);
    await until("the logo comes again", () => shown("logo").length === 2, { seconds: 90 });
    const recorded = await frames.stop();
    const seen = await colours(page, recorded, [[0.5, 0.5], [0.4, 0.6], [0.6, 0.4]]);
    const black = seen.filter((spots) => spots.flat().every((part) => part < 24));
    assert.ok(recorded.length > 20, `${recorded.length} frames`);
    assert.equal(black.length, 0, `${black.length} black frames of ${recorded.length}`);
    for (const name of ["logo", "photo"]) {
      const { from, to, frames: drawn } = shown(name)[0];
      assert.ok(Math.abs(to - from - DEFAULT_S) < 1, `${name} stood for ${to - from} s`);
      assert.ok(drawn > 5 * DEFAULT_S, `only ${drawn} frames of ${name}`);
    }
  });

  step("the logo stands on white, as on paper", async () => {
    await until("the logo is on", () => isOn("logo"), { seconds: 60, every: 0.1 });
    const [[corner, middle]] = await colours(page, [await shot(screen)], [[0.002, 0.01], [0.5, 0.5]]);
    assert.deepEqual(corner, [255, 255, 255]);
    const [red, , blue] = middle; // half transparent blue
    assert.ok(red > 100 && blue > 200, `${middle}`);
  });

  step("another duration reaches the TV", async () => {
    await openVideo("logo");
    const field = page.getByLabel("Secondes à l’écran");
    assert.equal(await field.inputValue(), String(DEFAULT_S));
    await field.fill("3");
    await page.getByRole("button", { name: "Enregistrer la durée" }).click();
    await page.getByText("Durée enregistrée.").waitFor();
    await page.getByText("0:03").first().waitFor();
    await until(
      "a short showing of the logo",
      () => {
        const last = shown("logo").at(-1);
        const over = observer.showings().at(-1) !== last;
        return over && last.to > 2.8 && last.to < 4;
      },
      { seconds: 90 },
    );
  });

  step("a loop of the same picture twice shows it again and again", async () => {
    const admin = await signedIn(server, ADMIN);
    const { videos } = await admin.get(`/sites/${site}/loop`);
    const logo = videos.find(({ name }) => name === title("logo")).id;
    const earlier = shown("logo").length;
    await admin.post(`/sites/${site}/configurations`, {
      base_version: 1,
      videos: [logo, logo],
      comment: "",
    });
    await until("three showings in a row", () => {
      const last = observer.showings().slice(-4, -1);
      const all = last.length === 3 && last.every(({ source }) => source.includes(hash("logo")));
      return all && shown("logo").length > earlier + 3;
    }, { seconds: 90 });
  });

  step("a hidden picture makes no play, and its time does not count", async () => {
    await until("the logo is on", () => isOn("logo"), { seconds: 60, every: 0.1 });
    const front = await tv.newPage();
    await front.bringToFront();
    const before = observer.showings().length;
    await sleep(6000);
    assert.equal(observer.showings().length, before);
    await front.close();
    await screen.bringToFront();
    await until("it goes on", () => observer.showings().length > before + 1);
  });

  step("plays, journal and observer agree", async () => {
    await until("the logo is on", () => isOn("logo"), { seconds: 60, every: 0.1 });
    await screen.close();
    const seen = observer.showings();
    const counted = `${server.url}/sites/${site}/plays`;
    await until("every play arrived", async () => (await playsOn(page, counted)) === seen.length, {
      seconds: 60,
      every: 2,
    });
    const journal = await player.journal();
    assert.equal(journal.length, seen.length);
    journal.sort((one, other) => one.seq - other.seq);
    for (const [at, { sha256, shown_ms: shownMs, duration_ms: durationMs, outcome }] of journal.entries()) {
      const { source, picture, from, to } = seen[at];
      assert.ok(source.includes(sha256), `play ${at}`);
      if (!picture) continue;
      const apart = Math.abs((to - from) * 1000 - shownMs);
      // The page speaks every second: of the one that was on when it was closed, that much is missing.
      const most = at === journal.length - 1 ? 1_700 : 700;
      assert.ok(apart < most, `play ${at}: ${shownMs} ms of ${(to - from) * 1000}`);
      assert.ok([3000, 10_000].includes(durationMs));
      assert.equal(outcome === "completed", shownMs >= 0.95 * durationMs, `play ${at}`);
    }
    assert.ok(journal.filter(({ outcome }) => outcome === "completed").length >= 8);
  });

  step("nothing went wrong in the admin's browser", () => {
    assert.deepEqual(page.problems, []);
  });
});
