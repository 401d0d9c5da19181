// What a first visit costs, and the pages that need no script.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { violations } from "../harness/a11y.js";
import { newPage, startBrowser } from "../harness/browser.js";
import { ready, signIn } from "../harness/dashboard.js";
import { photograph } from "../harness/screens.js";
import { ADMIN, startServer } from "../harness/server.js";

const FIRST_VISIT_BYTES = 400_000;

// Everything that a page loads over the wire, by address.
async function measure(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const answers = new Map();
  session.on("Network.responseReceived", ({ requestId, response }) =>
    answers.set(requestId, { url: response.url, headers: response.headers, bytes: 0 }),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const answer = answers.get(requestId);
    if (answer) answer.bytes = encodedDataLength;
  });
  return () => [...answers.values()];
}

describe("weight", { concurrency: false }, () => {
  let server;
  let browser;

  before(async () => {
    server = await startServer({ name: "server-weight" });
    browser = await startBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("with no users, the sign-in page asks for the code of the server's log", async () => {
    const page = await newPage(browser);
    await page.goto(`${server.url}/login`);
    await page.getByLabel("Adresse e-mail").first().waitFor();
    await photograph(page, "login-first-run");
    assert.deepEqual(await violations(page), []);
    await page.context().close();
    await server.createAdmin();
  });

  test("signing in works without script and loads no wasm", async () => {
    const page = await newPage(browser, { javaScriptEnabled: false });
    const loaded = await measure(page);
    await page.goto(`${server.url}/login`);
    assert.deepEqual(loaded().filter(({ url }) => /\.(wasm|js)$/.test(new URL(url).pathname)), []);
    await page.getByLabel("Adresse e-mail").fill(ADMIN.email);
    await page.getByLabel("Mot de passe").fill(ADMIN.password);
    await page.getByRole("button", { name: "Continuer" }).click();
    await page.waitForURL((url) => url.pathname === "/");
    await page.context().close();
  });

  test("the sign-in page ships no wasm to a browser with script either", async () => {
    const page = await newPage(browser);
    const loaded = await measure(page);
    await page.goto(`${server.url}/login`, { waitUntil: "networkidle" });
    assert.deepEqual(loaded().filter(({ url }) => url.endsWith(".wasm")), []);
    await photograph(page, "login");
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });

  test(`the first visit of the dashboard stays under ${FIRST_VISIT_BYTES / 1000} kB`, async () => {
    const first = await newPage(browser);
    await signIn(first, server, ADMIN);
    const storageState = await first.context().storageState();
    await first.context().close();

    const page = await newPage(browser, { storageState });
    const loaded = await measure(page);
    await page.goto(server.url);
    await ready(page);
    const answers = loaded();
    const total = answers.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(answers.map(({ url, bytes }) => `${String(bytes).padStart(8)} ${new URL(url).pathname}`).join("\n"));
    console.log(`${String(total).padStart(8)} bytes in all`);
    assert.ok(total <= FIRST_VISIT_BYTES, `${total} bytes`);
    for (const { url, headers } of answers.filter(({ url }) => new URL(url).pathname.startsWith("/pkg/"))) {
      assert.equal(headers["content-encoding"], "br", url);
      assert.match(headers["cache-control"] ?? "", /immutable/, url);
    }
    await page.context().close();
  });
});
