// Everything that the guide's operator signs up for, and a person with a browser.
import { newPage, startBrowser, startProfile } from "../harness/browser.js";
import { startObjectStore, startPgBouncer, startPostgres, startRedis } from "../harness/services.js";
import { makeAuthority } from "./authority.js";
import { startGarage } from "./garage.js";
import { startHostinger } from "./hostinger.js";
import { startRecorder } from "./recorder.js";
import { startRender } from "./render.js";
import { PROJECT, startSupabase } from "./supabase.js";

// The guide's own names: two sites that have nothing in common (onrender.com is a public suffix).
export const API = "neopro-central.onrender.com";
export const DASHBOARD = "neopro-admin.kalonpartners.bzh";

const LOGIN = { user: `postgres.${PROJECT}`, password: "Mot-de-passe-de-la-base-7" };

export async function startWorld() {
  const authority = makeAuthority();
  const [api, admin, cache] = [
    authority.issue("render", [API]),
    authority.issue("hostinger", [DASHBOARD]),
    authority.issue("upstash", ["localhost", "127.0.0.1"]),
  ];
  const postgres = await startPostgres();
  const pooler = await startPgBouncer(postgres, { login: LOGIN, pool: 3 });
  const redis = await startRedis({ tls: cache, password: "Mot-de-passe-du-cache-7" });
  const store = process.env.STORE === "garage" ? await startGarage() : await startObjectStore();
  const supabase = await startSupabase(store.key);
  const recorder = await startRecorder();
  const render = await startRender(API, api, authority.certificate);
  const hostinger = await startHostinger(DASHBOARD, admin);
  const pages = {};
  const browsers = [];
  return {
    postgres,
    pooler,
    redis,
    supabase,
    recorder,
    render,
    hostinger,
    pages,
    authority: authority.certificate,
    // The same database, by TLS whose certificate the private authority signed.
    startEncryptedPooler() {
      const tls = authority.issue("supabase", ["localhost"]);
      return startPgBouncer(postgres, { login: LOGIN, pool: 2, tls });
    },
    api: { url: `https://${API}` },
    dashboard: { url: `https://${DASHBOARD}` },
    // A browser to which both names lead here, and which believes their certificates.
    async openBrowser(name, args = [], { preferences } = {}) {
      const rules = `MAP ${API}:443 127.0.0.1:${render.port}, MAP ${DASHBOARD}:443 127.0.0.1:${hostinger.port}`;
      const pins = `--ignore-certificate-errors-spki-list=${api.pin},${admin.pin}`;
      const flags = [`--host-resolver-rules=${rules}`, pins, ...args];
      const browser = preferences ? await startProfile(preferences, flags) : await startBrowser(flags);
      browsers.push(browser);
      pages[name] = await newPage(browser);
      return pages[name];
    },
    async stop() {
      for (const browser of browsers) await browser.close();
      for (const part of [render, hostinger, supabase, recorder, store, redis, pooler, postgres]) await part.stop();
      authority.remove();
    },
  };
}
