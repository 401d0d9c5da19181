// Chapter 5: the server, with the guide's ten variables and nothing else.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const openssl = (bytes) => spawnSync("openssl", ["rand", "-base64", bytes], { encoding: "utf8" }).stdout.trim();

export const render = ({ render, openBrowser, api, pages }) => [
  [
    "5.1 the two secrets, by openssl or by `neopro secrets`",
    async () => {
      const made = Object.fromEntries((await render.shell(["secrets"])).trim().split("\n").map((line) => line.split(/=(.*)/s)));
      assert.deepEqual(Object.keys(made), ["JWT_SECRET", "MFA_ENCRYPTION_KEY"]);
      assert.equal(made.MFA_ENCRYPTION_KEY.length, openssl("24").length);
      render.variables.JWT_SECRET = openssl("48");
      render.variables.MFA_ENCRYPTION_KEY = ` ${made.MFA_ENCRYPTION_KEY} `; // a stray space is forgiven
    },
  ],
  [
    "5.4 the ten variables; what is missing is named at once",
    async () => {
      const said = await render.refuse({ NODE_ENV: "production" });
      for (const name of ["JWT_EXPIRES_IN", "MFA_ISSUER"]) assert.match(said, new RegExp(`- ${name} manque`));
      Object.assign(render.variables, { NODE_ENV: "production", JWT_EXPIRES_IN: "7d", MFA_ISSUER: "NeoPro" });
      assert.equal(Object.keys(render.variables).length, 9, "and PORT, which the platform gives");
    },
  ],
  [
    "5.4 `neopro config` shows each with its source, `neopro check` finds nothing wrong",
    async () => {
      const shown = await render.shell(["config"]);
      assert.match(shown, /DATABASE_URL/);
      for (const name of ["JWT_SECRET", "SUPABASE_SERVICE_KEY"]) {
        assert.ok(!shown.includes(render.variables[name]), `${name} is masked`);
      }
      await render.shell(["check"]);
    },
  ],
  ["5.6 the service goes live: its health check path answers", () => render.deploy()],
  [
    "5.7 /health in the browser",
    async () => {
      const page = await openBrowser("person");
      await page.goto(`${api.url}/health`);
      const health = JSON.parse(await page.locator("body").innerText());
      assert.equal(health.status, "healthy");
      assert.equal(health.version, "1.0.0");
      assert.ok(Math.abs(Date.parse(health.timestamp) - Date.now()) < 60_000);
      pages.person.problems.length = 0;
    },
  ],
];
