// Two servers behind a balancer, over PostgreSQL behind PgBouncer, Redis and an object store, under
// load: what happens when each of them is gone for a while? CHAOS=quick is shorter.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { program, root, run, start, temporaryFolder } from "../harness/process.js";
import { JWT_SECRET, leaks } from "../harness/secrets.js";
import { ADMIN } from "../harness/server.js";
import { startObjectStore, startPgBouncer, startPostgres, startRedis } from "../harness/services.js";
import { freePort, sleep, until } from "../harness/wait.js";
import { sha256, signIn } from "./admin.js";
import { startBalancer, startGate } from "./balancer.js";
import { Box } from "./box.js";

const quick = process.env.CHAOS === "quick";
const BOXES = 6;
const PEOPLE = 4;
const GONE_MS = quick ? 5_000 : 20_000;

const postgres = await startPostgres();
const pooler = await startPgBouncer(postgres);
const redis = await startRedis();
const store = await startObjectStore();
const gate = await startGate(store.port);
const ports = [await freePort(), await freePort()];
const balancer = await startBalancer(ports);
const folders = ports.map((port) => temporaryFolder(`instance-${port}`));
const env = (number) => ({
  PORT: String(ports[number]),
  NEOPRO_HOST: "127.0.0.1",
  NEOPRO_DATA: folders[number].path,
  PUBLIC_URL: balancer.url,
  DATABASE_URL: pooler.url,
  REDIS_URL: redis.url,
  JWT_SECRET,
  ...store.env(gate.port),
});
const servers = [];
const healthy = async (number) => {
  const answer = await fetch(`http://127.0.0.1:${ports[number]}/health`);
  return (await answer.json()).status === "healthy";
};
const launch = async (number) => {
  servers[number] = start(`instance-${number}`, program("neopro"), ["serve"], { env: env(number) });
  await until(`instance ${number} is healthy`, () => (servers[number].alive(), healthy(number)), { every: 0.05 });
};
// Both at once: they meet at the migrations.
await Promise.all([launch(0), launch(1)]);
const name = ["--email", ADMIN.email, "--full-name", ADMIN.fullName, "--password-stdin"];
await run(program("neopro"), ["create-admin", ...name], { env: env(0), input: `${ADMIN.password}\n` });

const people = await Promise.all(Array.from({ length: PEOPLE }, () => signIn(balancer.url, ADMIN)));
const [admin] = people;
const video = await admin.upload("spot.mp4", readFileSync(`${root}/end2end/clips/demo/Optique Armor.mp4`));
const boxes = [];
for (let number = 1; number <= BOXES; number += 1) {
  const site = await admin.createSite(`Salle ${number}`);
  await admin.publish(site.id, [video.id]);
  const box = new Box(balancer.url, site.id, video);
  await box.link(admin);
  boxes.push(box);
}

// Everybody looks at the sites again and again; what fails is counted, and who is signed out.
const looks = { requests: 0, failed: 0, signedOut: 0 };
let going = true;
const look = async (person) => {
  while (going) {
    looks.requests += 1;
    const asked = fetch(`${balancer.url}/api/v1/sites`, { headers: person.headers });
    const status = await asked.then((answer) => answer.arrayBuffer().then(() => answer.status)).catch(() => 0);
    if (status === 401) looks.signedOut += 1;
    if (status !== 200) looks.failed += 1;
    await sleep(40);
  }
};
// Somebody sends films, one after the other, each with bytes of its own behind its end.
const sent = [];
const film = readFileSync(`${root}/end2end/clips/demo/Optique Armor.mp4`);
const send = async (person) => {
  while (going) {
    const rest = randomBytes(3_000_000);
    const bytes = Buffer.concat([film, Buffer.from([0, 0x2d, 0xc6, 0xc8]), Buffer.from("free"), rest]);
    const { id } = await person.upload(`film ${sent.length}.mp4`, bytes);
    sent.push({ id, sha256: sha256(bytes) });
  }
};
const load = [send(admin), ...boxes.map((box) => box.live()), ...people.map(look)];

const rows = [];
const asked = () => boxes.reduce((sum, box) => sum + box.requests, looks.requests);
const failed = () => boxes.reduce((sum, box) => sum + box.failed, looks.failed);
// Does harm, undoes it, and waits until both servers are well again.
async function harm(what, harmed, undone) {
  const before = [asked(), failed()];
  await harmed();
  await undone();
  const since = Date.now();
  await until("both instances are healthy", async () => (await healthy(0)) && (await healthy(1)), { every: 0.05, seconds: 60 });
  // A request that succeeds after the last one that failed.
  for (let last = -1; last !== failed(); last = failed(), await sleep(500));
  const seconds = Math.max(0, (Date.now() - since - 500) / 1000).toFixed(1);
  rows.push([what, asked() - before[0], failed() - before[1], looks.signedOut, seconds]);
  console.error(rows.at(-1).join(" | "));
}

const wrong = [];
try {
  await sleep(2_000);
  await harm("nothing", () => sleep(3_000), () => {});
  await harm("one instance killed, started again", () => servers[0].kill(), async () => (await sleep(2_000), launch(0)));
  await harm("both restarted, one after the other", async () => {
    for (const number of [0, 1]) {
      await servers[number].stop();
      await launch(number);
    }
  }, () => {});
  await harm(`Redis gone for ${GONE_MS / 1000} s`, () => redis.kill(), async () => (await sleep(GONE_MS), redis.startAgain()));
  await harm("PgBouncer killed, started again", () => pooler.kill(), async () => (await sleep(1_000), pooler.startAgain()));
  await harm(`the bucket says 503 for ${GONE_MS / 1000} s`, () => gate.close(), async () => (await sleep(GONE_MS), gate.open()));
} catch (error) {
  wrong.push(error.stack);
}
going = false;
boxes.forEach((box) => box.stop());
await Promise.all(load);
let damaged = 0;
for (const one of sent) damaged += sha256(await admin.file(one.id)) !== one.sha256;
const made = boxes.flatMap((box) => box.made);
const stored = postgres.psql("SELECT id FROM analytics").split("\n").filter(Boolean);
const counted = Number(postgres.psql("SELECT coalesce(sum(count), 0) FROM play_days"));
const known = new Set(stored);
const lost = made.filter((id) => !known.has(id)).length;
const doubled = stored.length - known.size;
const still = await Promise.all(people.map((person) => person.json("GET", "/api/v1/session").then(() => 1, () => 0)));

await Promise.all(servers.map((server) => server.stop()));
balancer.stop();
gate.stop();
await Promise.all([pooler, redis, store].map((service) => service.stop()));
await postgres.stop();
folders.forEach((folder) => folder.remove());

const expect = (is, sentence) => is || wrong.push(sentence);
expect(lost === 0, `${lost} plays lost`);
expect(doubled === 0 && counted === made.length, `${made.length} plays made, ${stored.length} stored, ${counted} counted`);
expect(damaged === 0 && sent.length > 3, `${sent.length} films sent, ${damaged} damaged`);
expect(still.every(Boolean) && looks.signedOut === 0, `${looks.signedOut} answers 401, ${still.filter(Boolean).length} of ${PEOPLE} still signed in`);
wrong.push(...leaks());
expect(rows[0]?.[2] === 0, "requests failed while nothing was harmed");
expect(rows[2]?.[2] === 0, "requests failed while one instance after the other was restarted");
const table = ["| what happened | requests | failed | signed out | well again after (s) |", "|---|--:|--:|--:|--:|"];
console.log([...table, ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n"));
console.log(`\n${made.length} plays made, ${stored.length} stored, ${lost} lost, ${doubled} doubled; ${sent.length} films sent, ${damaged} damaged`);
for (const line of wrong) console.log(`WRONG: ${line}`);
const good = wrong.length === 0;
console.log(`test result: ${good ? "ok" : "FAILED"}. ${good ? 1 : 0} passed; ${good ? 0 : 1} failed; two instances`);
process.exitCode = good ? 0 : 1;
