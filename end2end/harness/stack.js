// What the servers of tests stand on: nothing but their folder, or with STACK=production the services of
// production. PostgreSQL and its pooler are started once for all files, and each server gets a database
// there; Redis and the object store are its own.
import { randomBytes } from "node:crypto";

import { askPostgres, startObjectStore, startPgBouncer, startPostgres, startRedis } from "./services.js";

export const isProduction = process.env.STACK === "production";

// Starts what is shared and names it in the environment of the tests. Returns how to stop it.
export async function startShared() {
  if (!isProduction) return async () => {};
  const postgres = await startPostgres();
  const pooler = await startPgBouncer(postgres);
  process.env.STACK_POSTGRES = String(postgres.port);
  process.env.STACK_POOLER = String(pooler.port);
  return () => pooler.stop().then(() => postgres.stop());
}

// The settings of a server at `url` that stands on services, unless it named some itself.
export async function foundation(url, env) {
  const own = ["DATABASE_URL", "REDIS_URL", "S3_ENDPOINT", "SUPABASE_URL"].some((name) => name in env);
  if (!isProduction || own) return { env: {}, stop: async () => {} };
  const database = `test_${randomBytes(6).toString("hex")}`;
  askPostgres(process.env.STACK_POSTGRES, `CREATE DATABASE ${database}`);
  const [redis, store] = [await startRedis(), await startObjectStore({ origin: url })];
  return {
    env: {
      DATABASE_URL: `postgresql://neopro@127.0.0.1:${process.env.STACK_POOLER}/${database}?pgbouncer=true`,
      REDIS_URL: redis.url,
      ...store.env(),
    },
    stop: () => Promise.all([redis.stop(), store.stop()]),
  };
}
