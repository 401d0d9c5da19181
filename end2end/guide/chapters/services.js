// Chapters 3 and 4: what the operator notes down.
import assert from "node:assert/strict";

import { words } from "../../harness/dashboard.js";

export const supabase = ({ pooler, supabase, render }) => [
  [
    "3.3 DATABASE_URL: a pooler in transaction mode, ?pgbouncer=true",
    () => {
      assert.match(pooler.url, /^postgresql:\/\/postgres\.\w+:[^@]+@127\.0\.0\.1:\d+\/postgres\?pgbouncer=true$/);
      render.variables.DATABASE_URL = pooler.url;
    },
  ],
  [
    "3.4 SUPABASE_URL and SUPABASE_SERVICE_KEY",
    () => {
      Object.assign(render.variables, supabase.variables);
    },
  ],
  [
    "3.5 without its buckets, `neopro check` names the one that is missing",
    async () => {
      const said = await render.shell(["check"]).then(() => "", (error) => error.message);
      assert.match(said, words("software-updates"));
    },
  ],
  [
    "3.5 the buckets `videos` and `software-updates`",
    async () => {
      await supabase.createBucket("software-updates");
      await supabase.createBucket("videos").catch((error) => assert.match(String(error), /Already/));
    },
  ],
];

export const upstash = ({ redis, render }) => [
  [
    "4.3 REDIS_URL: rediss://, with a private authority",
    () => {
      assert.match(redis.url, /^rediss:\/\/default:[^@]+@127\.0\.0\.1:\d+$/);
      render.variables.REDIS_URL = redis.url;
    },
  ],
];
