// Chapter 12: each wrong setting gives the message that names it, at start and from `neopro check`.
import assert from "node:assert/strict";

import { words } from "../../harness/dashboard.js";

const check = (render, changed) => render.shell(["check"], { changed }).then((out) => out, (error) => error.message);

export const table = ({ render, pooler, postgres, redis, supabase }) => [
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
  ["everything is right again", async () => void (await render.shell(["check"]))],
];
