// Chapter 11: what the server tells people of by itself.
import assert from "node:assert/strict";

import { open, words } from "../../harness/dashboard.js";
import { ADMIN } from "../../harness/server.js";
import { until } from "../../harness/wait.js";
import { signIn } from "./dashboard.js";

const FROM = "neopro@kalonpartners.bzh";
const KEY = "SG.cle-de-test-0123456789.abcdefghijklmnopqrstuvwxyz";

export const optional = ({ pages, dashboard, api, render, recorder, redis }) => [
  [
    "Better Stack: the monitor's GET /health is 200",
    async () => assert.equal((await fetch(`${render.inside()}/health`)).status, 200),
  ],
  [
    "SLACK_WEBHOOK_URL: a test from the dashboard arrives as blocks, with a link to the dashboard",
    async () => {
      const { person } = pages;
      await render.deploy({ SLACK_WEBHOOK_URL: `${recorder.url}/services/T000/B000/XXXX` });
      await signIn(person, dashboard, ADMIN, "/messages");
      await person.getByRole("button", { name: words("Envoyer un essai") }).first().click();
      const [message] = await until("Slack was told", () => recorder.of("/services/").length > 0 && recorder.of("/services/"));
      assert.equal(message.body.blocks[0].type, "header");
      assert.ok(JSON.stringify(message.body.blocks).includes(dashboard.url), JSON.stringify(message.body));
    },
  ],
  [
    "SENDGRID_API_KEY and EMAIL_FROM: a test mail goes out by the v3 API, as text and as HTML",
    async () => {
      const { person } = pages;
      // The stand-in's address is the one thing that the guide does not set.
      await render.deploy({ SENDGRID_API_KEY: KEY, EMAIL_FROM: FROM, SENDGRID_API_URL: recorder.url });
      await open(person, `${dashboard.url}/messages`);
      await person.getByRole("button", { name: words("Envoyer un essai") }).nth(1).click();
      const [mail] = await until("SendGrid was asked", () => recorder.of("/v3/mail/send").length > 0 && recorder.of("/v3/mail/send"));
      assert.equal(mail.headers.authorization, `Bearer ${KEY}`);
      assert.equal(mail.body.from.email, FROM);
      assert.deepEqual(mail.body.content.map(({ type }) => type), ["text/plain", "text/html"]);
      assert.equal(mail.body.personalizations[0].to[0].email, ADMIN.email);
    },
  ],
  [
    "a critical error: Redis is lost, Slack is told once, and again when it is back",
    async () => {
      const { person } = pages;
      recorder.forget();
      const of = (text) => recorder.of("/services/").filter(({ body }) => JSON.stringify(body).includes(text));
      await redis.kill();
      await until("Slack is told of the loss", () => of("Redis").length === 1, { seconds: 90 });
      await redis.startAgain();
      await until("and of the return", () => of("Redis").length === 2, { seconds: 90 });
      await until("the page shows both ends", async () => {
        await open(person, `${dashboard.url}/alerts`);
        return /Redis/.test(await person.locator("main").innerText());
      });
      assert.ok(new URL(api.url).hostname !== new URL(dashboard.url).hostname);
    },
  ],
  [
    "no alert of a site: each was silent only while the server did not listen",
    () => assert.equal(recorder.of("/services/").filter(({ body }) => /hors ligne/.test(JSON.stringify(body))).length, 0),
  ],
];
