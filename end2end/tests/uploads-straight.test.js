// Uploads to an object store: straight to it where its rules let the page in, else through the server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";

import { newPage, startBrowser } from "../harness/browser.js";
import { open, signIn } from "../harness/dashboard.js";
import { largeFilm, titleOf } from "../harness/film.js";
import { temporaryFolder } from "../harness/process.js";
import { ADMIN, startServer } from "../harness/server.js";
import { startObjectStore } from "../harness/services.js";
import { steps } from "../harness/steps.js";
import { freePort } from "../harness/wait.js";

const MIB = 1024 * 1024;

describe("uploads to an object store", { concurrency: false }, () => {
  let browser;
  let page;
  const worlds = [];
  const folder = temporaryFolder("straight");
  const step = steps(() => ({ page }));

  before(async () => {
    browser = await startBrowser();
  });

  after(async () => {
    await browser?.close();
    for (const { server, store } of worlds) {
      await server.stop();
      await store.stop();
    }
    folder.remove();
  });

  // Sends a film of three parts; returns the ways that its parts went.
  async function send(name, { isOpen }) {
    const port = await freePort();
    const store = await startObjectStore({ origin: isOpen ? `http://localhost:${port}` : undefined });
    const server = await startServer({ name, env: { PORT: String(port), ...store.env() } });
    worlds.push({ server, store });
    await server.createAdmin();
    page = await newPage(browser);
    const ways = { straight: 0, through: 0 };
    page.on("requestfinished", (request) => {
      const { origin, pathname } = new URL(request.url());
      if (request.method() !== "PUT") return;
      if (origin === `http://127.0.0.1:${store.port}`) ways.straight += 1;
      if (pathname.endsWith("/chunks")) ways.through += 1;
    });
    await signIn(page, server, ADMIN);
    await open(page, `${server.url}/videos`);
    const path = largeFilm(folder.path, `${name}.mp4`, 18 * MIB);
    await page.locator("input[type=file]").setInputFiles(path);
    await page.locator(`[data-upload="${name}.mp4"]`).getByText("Dans la vidéothèque").waitFor({ timeout: 90_000 });
    const { items } = await (await page.request.get(`${server.url}/api/v1/videos?search=${titleOf(path)}`)).json();
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
    assert.deepEqual(items.map(({ sha256 }) => sha256), [hash]);
    return ways;
  }

  step("a bucket that lets the page in gets the parts from the browser itself", async () => {
    assert.deepEqual(await send("direct", { isOpen: true }), { straight: 3, through: 0 });
  });

  step("a bucket that lets nobody in gets them through the server, without a word", async () => {
    const ways = await send("indirect", { isOpen: false });
    assert.equal(ways.straight, 0);
    assert.ok(ways.through >= 3, JSON.stringify(ways));
  });
});
