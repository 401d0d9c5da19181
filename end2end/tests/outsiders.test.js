// Players that reach for what is another site's, and bodies that are too large: each is refused in
// words, and nothing has changed.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { newPage, startBrowser } from "../harness/browser.js";
import { acceptScreen, createSite, open, playsOn, publish, signIn, typeCode, upload } from "../harness/dashboard.js";
import { ADMIN, startServer } from "../harness/server.js";
import { steps } from "../harness/steps.js";
import { refusal, wirePlayer } from "../harness/wire.js";

const NAME = "Optique Armor";
const CLIP = fileURLToPath(new URL(`../clips/demo/${NAME}.mp4`, import.meta.url));
const HASH = createHash("sha256").update(readFileSync(CLIP)).digest("hex");
const OVERSIZED = JSON.stringify({ name: "x".repeat(1024 * 1024) });

describe("outsiders", { concurrency: false }, () => {
  let server;
  let browser;
  let page;
  let stranger; // the player of another site
  let owner; // the player of the site whose file it is

  const step = steps(() => ({ page }));

  const linked = async (name) => {
    const site = await createSite(page, server, { name, club: "", city: "" });
    const player = wirePlayer(server);
    await typeCode(page, server, site, await player.enrol());
    await acceptScreen(page, site);
    const { token } = await (await player.askToken()).json();
    return { ...player, site, token };
  };

  before(async () => {
    server = await startServer({ name: "server-outsiders" });
    await server.createAdmin();
    browser = await startBrowser();
    page = await newPage(browser);
    await signIn(page, server, ADMIN);
    [stranger, owner] = [await linked("Halle Armor"), await linked("Salle du Port")];
    await upload(page, server, [CLIP]);
    await publish(page, server, owner.site, [NAME], "Pour un seul site");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step("the file of another site is not found, its own player reads it", async () => {
    const path = `/player/files/${HASH}`;
    assert.equal((await owner.send("GET", path, { token: owner.token })).status, 200);
    const refused = await refusal(await stranger.send("GET", path, { token: stranger.token }));
    assert.deepEqual(refused, { status: 404, sentence: "Introuvable\u202f: cet élément n’existe pas, ou plus." });
  });

  step("a token opens the state of its own site only", async () => {
    const state = await (await stranger.send("GET", "/player/state", { token: stranger.token })).json();
    assert.equal(state.site_name, "Halle Armor");
    assert.deepEqual(state.files, []);
  });

  step("another site's key, or a token made by hand, gets nothing", async () => {
    const sentence = "Le serveur n’a pas reconnu cet écran.";
    assert.deepEqual(await refusal(await stranger.askToken({ as: owner.keyId })), { status: 401, sentence });
    const [head, , signature] = stranger.token.split(".");
    const claims = JSON.parse(Buffer.from(owner.token.split(".")[1], "base64url"));
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
    const { status } = await refusal(await stranger.send("GET", "/player/state", { token: forged }));
    assert.equal(status, 401);
  });

  step("an oversized body from a player is refused, and no play is stored", async () => {
    const { status, sentence } = await refusal(
      await owner.send("POST", "/player/plays", { token: owner.token, body: OVERSIZED }),
    );
    assert.deepEqual([status, sentence], [413, "La demande dépasse la taille permise."]);
    assert.equal(await playsOn(page, `${server.url}/plays`), 0);
  });

  step("an oversized body from the dashboard is refused, and no site is added", async () => {
    const refused = await page.evaluate(async (body) => {
      const headers = { "content-type": "application/json", "accept-language": "fr" };
      const response = await fetch("/api/v1/sites", { method: "POST", headers, body });
      return { status: response.status, sentence: (await response.json()).message };
    }, OVERSIZED);
    assert.deepEqual(refused, { status: 413, sentence: "La demande dépasse la taille permise." });
    await open(page, `${server.url}/sites`);
    await page.getByText("Salle du Port").first().waitFor();
    assert.equal(await page.locator("main a[href^='/sites/']:not([href$='/new'])").count() >= 2, true);
    assert.equal(await page.getByText(/xxxx/).count(), 0);
  });

  step("a play of a stranger's making is not counted for another site", async () => {
    const play = { id: randomUUID(), video_id: randomUUID() };
    const response = await stranger.send("POST", "/player/plays", { token: stranger.token, body: { plays: [play] } });
    assert.ok(response.status >= 400 && response.status < 500, `${response.status}`);
    assert.equal(await playsOn(page, `${server.url}/sites/${owner.site}/plays`), 0);
  });
});
