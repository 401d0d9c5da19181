// Kills players and the server again and again over a bad line, then asks whether anything is
// missing. `CHAOS=quick` is the slice that `make test` runs; `SEED` draws other chances.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { output } from "../harness/process.js";
import { ADMIN, startServer } from "../harness/server.js";
import { signIn } from "./admin.js";
import { chance } from "./chance.js";
import { Library } from "./library.js";
import { killAtPoints, killAtRandom, killServer } from "./phases.js";
import { startProxy } from "./proxy.js";
import { complaints } from "./verdict.js";
import { Victim } from "./victim.js";

const PLANS = {
  full: { victims: 5, deaths: 200, pointRounds: 2, serverDeaths: 50, clipBytes: 400_000, uploadBytes: 20_000_000 },
  quick: { victims: 2, deaths: 10, pointRounds: 0, serverDeaths: 4, clipBytes: 300_000, uploadBytes: 12_000_000 },
};

const size = process.env.CHAOS ?? "full";
const plan = PLANS[size];
if (!plan) throw new Error(`CHAOS=${size}: expected ${Object.keys(PLANS).join(" or ")}`);
const seed = Number(process.env.SEED ?? 1);
const began = Date.now();
const rows = [];
const note = (what, times) => {
  rows.push(`| ${what} | ${times} |`);
  console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}: ${times}`);
};

const proxy = await startProxy(chance(seed, "proxy"));
// The players know the server by the proxy's address alone, as they would know a domain's.
const server = await startServer({ name: "chaos-server", env: { PUBLIC_URL: proxy.url } });
proxy.leadTo(Number(new URL(server.url).port));
await server.createAdmin();
const admin = await signIn(server.url, ADMIN);
const library = new Library(admin, plan);
const victims = [];
for (let number = 1; number <= plan.victims; number += 1) {
  victims.push(await Victim.of(number, { admin, server: proxy.url }));
}

let wrong = [];
try {
  const world = { plan, seed, server, admin, library, victims, note };
  await killAtPoints(world);
  await killAtRandom(world);
  await killServer(world);
  proxy.calm();
  wrong = await complaints(world);
  const { pass, ...tricks } = proxy.counts;
  note("connections that were cut, delayed, truncated or lied to", Object.values(tricks).reduce((a, b) => a + b));
  note("connections left alone", pass);
} catch (error) {
  wrong.push(error.stack);
} finally {
  await Promise.all(victims.map((victim) => victim.stop()));
  await server.stop();
  proxy.stop();
}

const table = ["| what happened | times |", "|---|---:|", ...rows].join("\n");
mkdirSync(output, { recursive: true });
writeFileSync(join(output, "chaos.md"), `${table}\n`);
console.log(`\nSeed ${seed}, ${Math.round((Date.now() - began) / 1000)} s\n\n${table}\n`);
for (const line of wrong) console.log(`WRONG: ${line}`);
const good = wrong.length === 0;
console.log(`test result: ${good ? "ok" : "FAILED"}. ${good ? 1 : 0} passed; ${good ? 0 : 1} failed; killed and counted`);
process.exitCode = good ? 0 : 1;
