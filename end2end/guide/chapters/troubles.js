// Chapter 12: each wrong setting gives the message that names it, at start and from `neopro check`.
import assert from "node:assert/strict";

import { words } from "../../harness/dashboard.js";
import { ADMIN } from "../../harness/server.js";
import { until } from "../../harness/wait.js";

const check = (render, changed) => render.shell(["check"], { changed }).then((out) => out, (error) => error.message);

// The ten of step 5.4, but for NODE_ENV, which says that they are needed, and PORT, which the platform gives.
const TEN = [
  "DATABASE_URL",
  "SUPABASE_URL",
  "SUPABASE_SERVICE_KEY",
  "REDIS_URL",
  "JWT_SECRET",
  "JWT_EXPIRES_IN",
  "MFA_ISSUER",
  "MFA_ENCRYPTION_KEY",
];
const isNoTrace = (said) => assert.ok(!/panicked|stack backtrace|RUST_BACKTRACE/.test(said), said);

async function signIn(render, credentials = ADMIN) {
  const { email, password } = credentials;
  const body = JSON.stringify({ email, password });
  const origin = render.variables.ALLOWED_ORIGINS.split(",")[0].trim().replace(/\/$/, "");
  const headers = { "content-type": "application/json", origin };
  return fetch(`${render.inside()}/api/v1/session`, { method: "POST", headers, body });
}

export const table = (world) => [...starting(world), ...connecting(world), ...signingIn(world), ...ending(world)];

const starting = ({ render }) => [
  [
    "« Toutes les 10 présentes ? »: all that are missing in one list, each with where the guide gets it",
    async () => {
      const said = await render.refuse(Object.fromEntries(TEN.map((name) => [name, ""])));
      for (const name of TEN) assert.match(said, new RegExp(`${name} manque`), name);
      isNoTrace(said);
    },
  ],
  [
    "malformed ones in one list too, and no secret among the words",
    async () => {
      const wrong = {
        DATABASE_URL: "mysql://neopro:tres-secret@serveur/base",
        REDIS_URL: "https://tres-secret@serveur",
        JWT_SECRET: "court-secret",
        JWT_EXPIRES_IN: "sept jours",
        MFA_ENCRYPTION_KEY: "court-secret",
      };
      for (const said of [await render.refuse(wrong), await check(render, wrong)]) {
        for (const name of Object.keys(wrong)) assert.match(said, new RegExp(name), name);
        assert.ok(!said.includes("-secret"), said);
        isNoTrace(said);
      }
    },
  ],
  [
    "« Pas d'espace en début/fin de valeur ? »: forgiven",
    async () => {
      const spaced = Object.fromEntries(TEN.map((name) => [name, `  ${render.variables[name]} `]));
      await render.shell(["check"], { changed: spaced });
    },
  ],
];

const connecting = ({ render, pooler, redis, supabase, startEncryptedPooler, authority }) => [
  [
    "a variable is missing: named, with what it looks like and where the guide gets it",
    async () => {
      const said = await render.refuse({ DATABASE_URL: "", REDIS_URL: "" });
      assert.match(said, /DATABASE_URL manque ; attendu : .*guide, étape 3\.3/);
      assert.match(said, /REDIS_URL manque ; attendu : .*guide, étape 4\.3/);
    },
  ],
  [
    "[YOUR-PASSWORD] is still there",
    async () => {
      const said = await render.refuse({ DATABASE_URL: pooler.url.replace(/:[^:@]+@/, ":[YOUR-PASSWORD]@") });
      assert.match(said, /contient encore \[YOUR-PASSWORD\]/);
    },
  ],
  [
    "the password of the database is wrong",
    async () => {
      const changed = { DATABASE_URL: pooler.url.replace(/:[^:@]+@/, ":un-autre@") };
      for (const said of [await render.refuse(changed), await check(render, changed)]) {
        assert.match(said, words("mot de passe"));
        assert.ok(!/stack|panicked|un-autre/.test(said), said);
      }
    },
  ],
  [
    "nobody listens on the port",
    async () => {
      const changed = { DATABASE_URL: pooler.url.replace(/:\d+\//, ":1/") };
      assert.match(await check(render, changed), /port/);
    },
  ],
  [
    "Redis without TLS where it wants TLS",
    async () => {
      assert.match(await check(render, { REDIS_URL: redis.url.replace("rediss", "redis") }), /rediss:\/\//);
    },
  ],
  [
    "the service key of another project",
    async () => {
      const said = await check(render, { SUPABASE_SERVICE_KEY: "x".repeat(60) });
      assert.match(said, /SUPABASE_SERVICE_KEY|service_role/);
    },
  ],
  [
    "port 5432 and no ?pgbouncer=true",
    async () => {
      const host = "aws-0-eu-west-1.pooler.supabase.invalid";
      const changed = { DATABASE_URL: `postgresql://postgres.abc:x@${host.replace("invalid", "com")}:5432/postgres` };
      const said = await check(render, changed);
      assert.match(said, /5432 au lieu de 6543/);
      assert.match(said, /il manque « \?pgbouncer=true »/);
      isNoTrace(said);
    },
  ],
  [
    "a database behind a private authority: refused, until DATABASE_SSL_CA vouches for it",
    async () => {
      const encrypted = await startEncryptedPooler();
      const url = encrypted.url.replace("127.0.0.1", "localhost");
      const unknown = { DATABASE_URL: `${url}&sslmode=verify-full`, SSL_CERT_FILE: "/dev/null" };
      const said = await check(render, unknown);
      assert.match(said, /certificat/);
      isNoTrace(said);
      await render.shell(["check"], { changed: { DATABASE_URL: url, DATABASE_SSL_CA: authority } });
      await encrypted.stop();
    },
  ],
  [
    "a bucket that is missing is named",
    async () => {
      const elsewhere = { SUPABASE_URL: `${supabase.variables.SUPABASE_URL}/autre` };
      const said = await check(render, elsewhere);
      assert.match(said, /videos|SUPABASE/);
      isNoTrace(said);
    },
  ],
];

const signingIn = ({ render, postgres, dashboard }) => [
  [
    "ALLOWED_ORIGINS with spaces, a final / and two sites: each of them is let in",
    async () => {
      const before = render.variables.ALLOWED_ORIGINS;
      await render.deploy({ ALLOWED_ORIGINS: ` https://site1.example/ , ${dashboard.url}/ ` });
      for (const origin of ["https://site1.example", dashboard.url]) {
        const answer = await fetch(`${render.inside()}/health`, { headers: { origin } });
        assert.equal(answer.headers.get("access-control-allow-origin"), origin);
      }
      const stranger = await fetch(`${render.inside()}/health`, { headers: { origin: "https://site2.example" } });
      assert.equal(stranger.headers.get("access-control-allow-origin"), null);
      await render.deploy({ ALLOWED_ORIGINS: before });
    },
  ],
  [
    "« Invalid credentials »: the log names which of the guide's conditions failed",
    async () => {
      const set = (change) => postgres.psql(`UPDATE users SET ${change} WHERE email = '${ADMIN.email}'`);
      for (const [wrong, right, named] of [
        ["is_active = false", "is_active = true", "is_active"],
        ["role = 'patron'", "role = 'admin'", "role"],
      ]) {
        set(wrong);
        const refused = await until(`${named} counts`, async () => {
          const answer = await signIn(render);
          return answer.ok ? undefined : answer;
        });
        assert.equal(refused.status, 401);
        assert.match(await refused.text(), /Invalid credentials|invalid_credentials/);
        assert.match(render.logs(), new RegExp(`sign-in.*${named}|${named}.*sign-in`, "s"));
        set(right);
      }
      await until("signed in again", async () => (await signIn(render)).ok);
    },
  ],
];

const ending = ({ render }) => [["everything is right again", async () => void (await render.shell(["check"]))]];
