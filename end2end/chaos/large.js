// A film of 1 GB goes up in a real browser, over connections that break and a server that is killed
// on the way: through the server into its folder, and straight to an object store by addresses that the
// server signs. It arrives whole, and the server does not hold it in memory. Needs 4 GB of disk.
// `ONLY=straight` sends it one way only.
import assert from "node:assert/strict";
import { createHash, randomFillSync } from "node:crypto";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";

import { newPage, startBrowser } from "../harness/browser.js";
import { open, signIn } from "../harness/dashboard.js";
import { output, temporaryFolder } from "../harness/process.js";
import { ADMIN, startServer } from "../harness/server.js";
import { startObjectStore } from "../harness/services.js";
import { freePort, until } from "../harness/wait.js";
import { chance } from "./chance.js";
import { watchMemory } from "./memory.js";
import { startProxy } from "./proxy.js";

const MB = 1024 * 1024;
const SIZE = 1024 * MB;
const MEMORY = 64 * MB;
const SECONDS = 900;
const NAME = "Assur’Sport";
// What happens when so much of it was sent.
const EVENTS = [
  [0.15, "cut"],
  [0.35, "cut"],
  [0.55, "kill"],
  [0.75, "cut"],
];

// A short film with a box that players skip, never whole in memory. Returns its path and its hash.
function writeFilm(folder) {
  const hash = createHash("sha256");
  const path = join(folder, `${NAME}.mp4`);
  const file = openSync(path, "w");
  const write = (bytes) => {
    hash.update(bytes);
    writeSync(file, bytes);
  };
  const film = readFileSync(new URL(`../clips/demo/${encodeURIComponent(NAME)}.mp4`, import.meta.url));
  const box = Buffer.alloc(8);
  box.writeUInt32BE(SIZE - film.length, 0);
  box.write("free", 4, "latin1");
  write(film);
  write(box);
  const part = Buffer.alloc(8 * MB);
  for (let left = SIZE - film.length - box.length; left > 0; left -= part.length) {
    write(randomFillSync(part).subarray(0, left));
  }
  closeSync(file);
  return { path, sha256: hash.digest("hex") };
}

// The hash of what the server gives back.
function hashOf(url, cookies) {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers: { cookie } }, (answer) => {
      const hash = createHash("sha256");
      answer.on("data", (chunk) => hash.update(chunk)).on("end", () => resolve(hash.digest("hex")));
      answer.on("error", reject);
    });
    asked.on("error", reject);
  });
}

// `line`: what breaks. Through the server it is the way to the server, else that to the store.
async function startThrough() {
  const line = await startProxy(chance(1, "large"));
  const server = await startServer({ name: "large-server", env: { PUBLIC_URL: line.url } });
  line.leadTo(Number(new URL(server.url).port));
  return { way: "through the server", url: line.url, line, server, stop: () => server.stop() };
}

async function startStraight() {
  const line = await startProxy(chance(1, "large"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const store = await startObjectStore({ origin: url });
  line.leadTo(store.port);
  const env = { PORT: String(port), PUBLIC_URL: url, ...store.env(new URL(line.url).port) };
  const server = await startServer({ name: "large-straight", env });
  const stop = () => server.stop().then(() => store.stop());
  return { way: "straight to an object store", url, line, server, stop };
}

// Sends the film, and breaks what is in its way. Returns the most that the server grew by.
async function send(page, path, { line: proxy, server }) {
  const row = page.locator(`[data-upload="${NAME}.mp4"]`);
  const sent = async () => Number(await row.locator("progress").getAttribute("value")) / SIZE;
  const growth = [];
  let memory = watchMemory(server.pid());
  await page.locator("input[type=file]").setInputFiles(path);
  for (const [share, event] of EVENTS) {
    await until(`${share * 100} % were sent`, async () => (await sent()) >= share, { seconds: SECONDS, every: 0.05 });
    if (event === "cut") {
      proxy.cut();
    } else {
      growth.push(memory.stop());
      await server.kill();
    }
    await row.getByText(/Connexion coupée/).waitFor({ timeout: 30_000 });
    proxy.mend();
    if (event === "kill") {
      await server.startAgain();
      memory = watchMemory(server.pid());
    }
  }
  await row.getByText("Dans la vidéothèque").waitFor({ timeout: SECONDS * 1000 });
  growth.push(memory.stop());
  return Math.max(...growth);
}

async function prove(world, { path, sha256 }) {
  const { line, server, url } = world;
  line.calm(); // it breaks when we say so
  await server.createAdmin();
  const page = await newPage(browser);
  await signIn(page, { url }, ADMIN);
  await open(page, `${url}/videos`);
  const before = line.carried();
  const began = Date.now();
  const growth = await send(page, path, world);
  const seconds = (Date.now() - began) / 1000;
  const twice = line.carried() - before - SIZE;
  const { items } = await (await page.request.get(`${url}/api/v1/videos`)).json();
  assert.deepEqual(items.map((video) => [video.sha256, video.size]), [[sha256, SIZE]]);
  const back = await hashOf(`${server.url}/api/v1/videos/${items[0].id}/file`, await page.context().cookies());
  assert.equal(back, sha256, "what comes back is what was sent");
  await page.context().close();
  return { seconds, growth, twice };
}

const folder = temporaryFolder("large");
const film = writeFilm(folder.path);
const browser = await startBrowser();
let failed = 0;
const ways = { through: startThrough, straight: startStraight };
const wanted = Object.keys(ways).filter((way) => way === (process.env.ONLY ?? way));
for (const begin of wanted.map((way) => ways[way])) {
  const world = await begin();
  try {
    const { seconds, growth, twice } = await prove(world, film);
    const megabytes = (bytes) => `${Math.round(bytes / MB)} MB`;
    const row = [
      `1 GB from a browser ${world.way}, SHA-256 equal`,
      "3 lost connections, 1 killed server",
      `${Math.round(seconds)} s`,
      `${megabytes(twice)} sent twice`,
      `server’s memory +${megabytes(growth)} at most`,
    ];
    const line = `| ${row.join(" | ")} |`;
    console.log(`\n${line}\n`);
    mkdirSync(output, { recursive: true });
    appendFileSync(join(output, "large.md"), `${line}\n`);
    assert.ok(growth < MEMORY, `the server grew by ${megabytes(growth)}`);
  } catch (error) {
    failed += 1;
    console.error(error);
  } finally {
    await world.stop();
    world.line.stop();
  }
}
await browser.close();
folder.remove();
console.log(`test result: ${failed ? "FAILED" : "ok"}. ${wanted.length - failed} passed; ${failed} failed; a film of 1 GB`);
process.exit(failed ? 1 : 0);
