// Uploads that finish: several at once, paused, cut off, reloaded, and over a server that is killed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { open, signIn } from "../harness/dashboard.js";
import { largeFilm, titleOf } from "../harness/film.js";
import { temporaryFolder } from "../harness/process.js";
import { photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";
import { isProduction } from "../harness/stack.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/wait.js";

const MIB = 1024 * 1024;
// A part that goes straight to an object store is kept as a whole or not at all.
const PART = isProduction ? 8 * MIB : MIB;

describe("uploads", { concurrency: false }, () => {
  let server;
  let browser;
  let page;
  let line; // to the browser's network
  const offsets = []; // of the parts that the browser sent
  const folder = temporaryFolder("films");

  const step = steps(() => ({ page }));

  before(async () => {
    server = await startServer({ name: "server-uploads" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    line = await page.context().newCDPSession(page);
    page.on("request", (request) => {
      const { searchParams } = new URL(request.url());
      const [offset, number] = ["offset", "partNumber"].map((name) => searchParams.get(name));
      if (offset) offsets.push(Number(offset));
      if (number) offsets.push((number - 1) * PART);
    });
    await signIn(page, server, ADMIN);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  // Bytes per second upwards; -1: as fast as it goes.
  const speed = (bytes, offline = false) =>
    line.send("Network.emulateNetworkConditions", {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes,
    });
  const choose = (...paths) => page.locator("input[type=file]").setInputFiles(paths);
  const row = (path) => page.locator(`[data-upload="${titleOf(path)}.mp4"]`);
  const says = (path, words) => row(path).getByText(words).waitFor({ timeout: 60_000 });
  const button = (name) => page.getByRole("button", { name, exact: true });
  const sent = async (path) => Number(await row(path).locator("progress").getAttribute("value"));
  const underWay = (path, least = 0) =>
    until("bytes are under way", async () => (await sent(path)) > least, { every: 0.05 });
  const api = async (path) => (await page.request.get(`${server.url}/api/v1/${path}`)).json();
  const isKept = async (path) => {
    await says(path, "Dans la vidéothèque");
    const videos = await api(`videos?search=${encodeURIComponent(titleOf(path))}`);
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
    assert.deepEqual(videos.items.map(({ sha256 }) => sha256), [hash]);
    assert.deepEqual(await api("uploads"), []);
  };

  step("two go at a time, with speed and time left; one is paused, one given up", async () => {
    const [first, second, third] = ["un", "deux", "trois"].map((name) =>
      largeFilm(folder.path, `${name}.mp4`, 24 * MIB),
    );
    await open(page, `${server.url}/videos`);
    await speed(2 * MIB);
    await choose(first, second, third);
    await underWay(first);
    await underWay(second);
    await says(third, "En attente");
    await row(first).getByText(/Mo\/s · encore/).waitFor();
    await button("Mettre en pause un.mp4").click();
    await says(first, "En pause");
    await underWay(third); // the room goes to who waits
    await button("Annuler trois.mp4").click();
    await says(third, "Annulé");
    await speed(-1);
    const stopped = await sent(first);
    await isKeptUnless(second, first);
    assert.equal(await sent(first), stopped, "paused is paused");
    await button("Reprendre un.mp4").click();
    await isKept(first);
  });

  // While another one is unfinished.
  const isKeptUnless = async (path, other) => {
    await says(path, "Dans la vidéothèque");
    const uploads = await api("uploads");
    assert.deepEqual(uploads.map(({ file_name }) => file_name), [`${titleOf(other)}.mp4`]);
  };

  step("a lost connection costs nothing: it goes on by itself", async () => {
    const film = largeFilm(folder.path, "tunnel.mp4", 24 * MIB);
    await speed(2 * MIB);
    await choose(film);
    await underWay(film, PART + MIB);
    await speed(-1, true);
    await says(film, /Connexion coupée/);
    await speed(-1);
    await isKept(film);
    assert.ok(offsets.at(-1) >= PART);
  });

  step("a killed server costs nothing: it goes on by itself", async () => {
    const film = largeFilm(folder.path, "panne.mp4", 24 * MIB);
    await speed(2 * MIB);
    await choose(film);
    await underWay(film, PART + MIB);
    await server.kill();
    await says(film, /Connexion coupée/);
    await server.startAgain();
    await speed(-1);
    await isKept(film);
  });

  step("after a reload the same file goes on where it was", async () => {
    const film = largeFilm(folder.path, "gare.mp4", 24 * MIB);
    await speed(2 * MIB);
    await choose(film);
    await underWay(film, PART + 2 * MIB);
    page.once("dialog", (dialog) => dialog.accept());
    await open(page, `${server.url}/videos`);
    const unfinished = page.locator('[data-unfinished="gare.mp4"]');
    await unfinished.getByText(/ sur /).waitFor();
    assert.deepEqual(await violations(page), []);
    await photograph(page, "uploads-unfinished");
    offsets.length = 0;
    await speed(-1);
    await choose(film);
    await isKept(film);
    assert.ok(offsets[0] >= PART, `it began again at ${offsets[0]}`);
    await unfinished.waitFor({ state: "detached" });
  });

  step("an unfinished one is given up", async () => {
    const film = largeFilm(folder.path, "oubli.mp4", 24 * MIB);
    await speed(2 * MIB);
    await choose(film);
    await underWay(film, PART);
    page.once("dialog", (dialog) => dialog.accept());
    await open(page, `${server.url}/videos`);
    await button("Abandonner oubli.mp4").click();
    await page.locator('[data-unfinished="oubli.mp4"]').waitFor({ state: "detached" });
    assert.deepEqual(await api("uploads"), []);
  });

  step("by keyboard: the focus stays on the button that changes its word", async () => {
    const film = largeFilm(folder.path, "clavier.mp4", 24 * MIB);
    await choose(film);
    await underWay(film);
    await button("Mettre en pause clavier.mp4").focus();
    await page.keyboard.press("Enter");
    await says(film, "En pause");
    const focused = page.locator(":focus");
    assert.equal(await focused.getAttribute("aria-label"), "Reprendre clavier.mp4");
    assert.deepEqual(await violations(page), []);
    await photograph(page, "uploads-paused");
    await speed(-1);
    await page.keyboard.press("Enter");
    await isKept(film);
  });

  step("nothing went wrong in the browser but what we broke", () => {
    const ours = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_ABORTED/;
    assert.deepEqual(page.problems.filter((problem) => !ours.test(problem)), []);
  });
});
