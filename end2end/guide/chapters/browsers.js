// The same dashboard where the browser keeps fewer cookies.
import assert from "node:assert/strict";

import { until } from "../../harness/wait.js";
import { seeSignIn, signIn } from "./dashboard.js";
import { ADMIN } from "../../harness/server.js";

export const thatBlock = ({ openBrowser, api, dashboard, pages, render }) => [
  [
    "third-party cookies blocked: the one kept apart for this site works on",
    async () => {
      const page = await openBrowser("blocked", ["--test-third-party-cookie-phaseout"]);
      await signIn(page, dashboard);
      assert.equal(await page.evaluate(() => sessionStorage.length), 0, "no token for scripts");
      await page.goto(`${dashboard.url}/videos`);
      await drawn(page);
      assert.deepEqual(page.problems, []);
    },
  ],
  [
    "no cookie of the server at all: the sign-in gives tokens, pages, pictures and events work",
    async () => {
      const site = `${new URL(api.url).hostname},*`;
      const exceptions = { cookies: { [site]: { setting: 2 } } };
      const page = await openBrowser("without", [], { preferences: { profile: { content_settings: { exceptions } } } });
      await signIn(page, dashboard);
      assert.equal(await page.evaluate(() => sessionStorage.length), 1, "the token for the next tokens");
      await page.goto(`${dashboard.url}/videos`);
      await drawn(page);
      await page.goto(`${dashboard.url}/sites`);
      await page.getByText("Salle des Glénan").first().waitFor();
      await page.getByRole("link", { name: "Salle des Glénan" }).first().click();
      await page.waitForURL(/\/sites\/[0-9a-f-]{36}$/);
      assert.equal(await page.locator("[data-live-lost]").count(), 0, "the page follows the server");
      assert.deepEqual(page.problems, []);
    },
  ],
  [
    "its refresh token is good once: the old one ends the session",
    async () => {
      const { without: page } = pages;
      const stolen = await page.evaluate(() => sessionStorage.getItem("neopro-refresh"));
      const renew = (token) =>
        fetch(`${render.inside()}/api/v1/session/tokens`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ refresh_token: token }),
        });
      const next = (await (await renew(stolen)).json()).refresh_token;
      const after = (await (await renew(next)).json()).refresh_token;
      assert.equal((await renew(stolen)).status, 401);
      assert.equal((await renew(after)).status, 401, "the whole session is over");
      await page.reload();
      await seeSignIn(page, dashboard);
    },
  ],
];

async function drawn(page) {
  const picture = page.locator("main a img").first();
  await until("the picture is drawn", () => picture.evaluate((image) => image.naturalWidth === 480));
}
