// Chapter 10, and what all of it is for: a sponsor's video plays on a club's TV, and the proof comes back.
import assert from "node:assert/strict";
import { join } from "node:path";

import { acceptScreen, open, pairingOnTv, words } from "../../harness/dashboard.js";
import { startTv } from "../../harness/browser.js";
import { startPlayer } from "../../harness/player.js";
import { root } from "../../harness/process.js";
import { ADMIN } from "../../harness/server.js";
import { until } from "../../harness/wait.js";
import { SECOND, bcrypt } from "./database.js";
import { seeSignIn, signIn } from "./dashboard.js";

const NAME = "Optique Armor";
const CLIP = join(root, `end2end/clips/demo/${NAME}.mp4`);
const SITE = "Salle de l’Odet";

export const everyDay = (world) => [...circle(world), ...byHand(world), ...keepers(world)];

// The main job, wholly on the other site's pages.
const circle = ({ pages, dashboard, api, postgres, render }) => [
  [
    "a site, from the dashboard on its own domain",
    async () => {
      const { person } = pages;
      await person.goto(`${dashboard.url}/sites/new`);
      await person.getByLabel("Nom du site").fill(SITE);
      await person.getByRole("button", { name: "Créer le site" }).click();
      await person.waitForURL(/\/sites\/[0-9a-f-]{36}$/);
    },
  ],
  [
    "a sponsor's video goes up, and its picture is drawn",
    async () => {
      const { person } = pages;
      await person.goto(`${dashboard.url}/videos`);
      await person.locator("input[type=file]").setInputFiles([CLIP]);
      await person.getByRole("link", { name: NAME }).first().waitFor();
      const picture = person.locator('main a img[src*="/thumbnail"]').first();
      await picture.waitFor();
      await until("the picture is drawn", () => picture.evaluate((image) => image.naturalWidth === 480));
    },
  ],
  [
    "it is shown in the page, from the other site",
    async () => {
      const { person } = pages;
      await person.getByRole("link", { name: NAME }).first().click();
      const film = person.locator("video");
      await until("the film can be played", () => film.evaluate((video) => video.readyState >= 2));
      assert.ok((await film.getAttribute("src")).startsWith(api.url));
    },
  ],
  [
    "a screen is linked, the loop is published, the TV plays it and the proof is counted",
    async () => {
      const { person } = pages;
      const site = postgres.psql(`SELECT id FROM sites WHERE name = '${SITE}'`);
      // The player asks the service itself: no certificate of the walk is on its machine.
      const player = await startPlayer(render.inside());
      const tv = await startTv({ name: "tv-guide" });
      try {
        const screen = await tv.newPage();
        await screen.goto(player.tv);
        const { code } = await pairingOnTv(screen);
        await person.goto(`${dashboard.url}/pair?site=${site}`);
        await person.getByLabel(words("Code affiché sur l'écran")).fill(code);
        await person.getByRole("button", { name: "Vérifier le code" }).click();
        await acceptScreen(person, site);
        await open(person, `${dashboard.url}/sites/${site}`);
        await person.getByRole("button", { name: "Ajouter depuis la vidéothèque" }).click();
        const dialog = person.getByRole("dialog");
        await dialog.getByRole("button", { name: `Ajouter ${NAME}`, exact: true }).click();
        if (await dialog.isVisible()) await person.keyboard.press("Escape");
        await person.getByLabel("Commentaire").fill("Mise en production");
        await person.getByRole("button", { name: /^Publier/ }).click();
        await person.getByText(/Version 1\b/).first().waitFor();
        const counted = () => Number(postgres.psql("SELECT count(*) FROM analytics WHERE outcome = 'completed'"));
        await until("a play is in the table analytics", () => counted() > 0, { seconds: 90 });
        await until("and on the page", async () => {
          await person.goto(`${dashboard.url}/plays`);
          const total = person.locator("[data-plays-total]").first();
          return Number(await total.getAttribute("data-plays-total")) > 0;
        });
        const line = person.locator("[data-live-lost]");
        assert.equal(await line.count(), 0, "the page follows the server");
      } finally {
        await tv.stop();
        await player.stop();
      }
    },
  ],
];

// What the guide teaches in the SQL editor.
const byHand = ({ pages, dashboard, postgres, openBrowser }) => [
  [
    "SELECT name, status, last_seen FROM sites WHERE is_active = true",
    () => {
      const rows = postgres.psql("SELECT name, status, last_seen FROM sites WHERE is_active = true;");
      assert.match(rows, /^Salle de l’Odet\|(online|offline)\|\d{4}-/);
    },
  ],
  [
    "UPDATE users SET password_hash: the new password signs in at once",
    async () => {
      postgres.psql(`UPDATE users SET password_hash = '${bcrypt("Nouveau-Secret-34")}' WHERE email = '${SECOND.email}';`);
      await signIn(await openBrowser("third"), dashboard, { ...SECOND, password: "Nouveau-Secret-34" });
    },
  ],
  [
    "a cell edited in the table editor is on the page within 5 s",
    async () => {
      const { person } = pages;
      await person.goto(`${dashboard.url}/sites`);
      postgres.psql(`UPDATE sites SET name = 'Salle des Glénan' WHERE name = '${SITE}'`);
      const begun = Date.now();
      await person.getByText("Salle des Glénan").first().waitFor({ timeout: 8_000 });
      return `${((Date.now() - begun) / 1000).toFixed(1)} s`;
    },
  ],
];

// The cache, the platform, and the files again.
const keepers = ({ pages, dashboard, render, redis, supabase }) => [
  ["the files of the bucket `videos` are listed", async () => `${(await supabase.list("videos")).length} objects`],
  [
    "FLUSHALL signs everybody out, and breaks nothing else",
    async () => {
      const { person } = pages;
      await redis.flush();
      await until("the session is gone", async () => {
        await person.goto(`${dashboard.url}/account`);
        await person.getByRole("heading", { name: "Se connecter" }).waitFor({ timeout: 3_000 });
        return true;
      });
      await signIn(person, dashboard, ADMIN);
    },
  ],
  [
    "a variable is changed: the service starts again, and the session goes on",
    async () => {
      await render.deploy({ LOG_LEVEL: "debug" });
      await pages.person.goto(`${dashboard.url}/account`);
      await pages.person.getByText(words("Vos sessions")).waitFor();
      await render.deploy({ LOG_LEVEL: "info" });
    },
  ],
  [
    "asleep on the free plan: the first visit says « Réveil du serveur » and comes through",
    async () => {
      const { person } = pages;
      await render.sleep();
      await person.goto(`${dashboard.url}/sites`);
      await person.getByText("Réveil du serveur").waitFor();
      await person.getByText("Salle des Glénan").first().waitFor({ timeout: 30_000 });
    },
  ],
  [
    "a build of before: « Recharger », and where the new files are",
    async () => {
      const { person } = pages;
      render.isOf("another");
      await person.goto(`${dashboard.url}/account`);
      await person.getByRole("button", { name: "Recharger" }).waitFor();
      assert.match(await person.locator(".live-sign").last().innerText(), /dashboard\.zip/);
      render.isOf(undefined);
      await person.getByRole("button", { name: "Recharger" }).click();
      await person.getByText(words("Vos sessions")).waitFor();
      assert.equal(await person.getByRole("button", { name: "Recharger" }).count(), 0);
    },
  ],
  [
    "signed out by the button, signed out for good",
    async () => {
      const { person } = pages;
      await person.getByText(ADMIN.fullName).first().click();
      await person.getByRole("button", { name: "Se déconnecter" }).first().click();
      await person.waitForURL(/\/login/);
      await seeSignIn(person, dashboard);
    },
  ],
];
