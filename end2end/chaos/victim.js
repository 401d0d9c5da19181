// A player that is killed again and again, its TV, and its site.
import { createHash } from "node:crypto";
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { program, run, start, temporaryFolder } from "../harness/process.js";
import { freePort, sleep, until } from "../harness/wait.js";
import { Tv } from "./tv.js";

const binary = program("neopro-player");
// A play whose first frame the player heard of so long before its death is on the disk.
const KEPT_MS = 2_000;

export class Victim {
  kept = new Set(); // plays that no death may lose
  deaths = 0;

  static async of(number, { admin, server }) {
    const victim = new Victim();
    victim.name = `chaos-player-${number}`;
    victim.port = await freePort();
    victim.admin = admin;
    victim.server = server;
    await victim.renew();
    victim.tv = new Tv(`http://127.0.0.1:${victim.port}`, (code) => victim.#meet(code));
    return victim;
  }

  // A box as it comes from the shop, for a site without one.
  async renew() {
    this.folder?.remove();
    this.folder = temporaryFolder(this.name);
    this.site = (await this.admin.createSite(this.name)).id;
  }

  #met = null;
  async #meet(code) {
    if (code === this.#met) return;
    this.#met = code;
    await this.admin.accept(this.site, code);
  }

  start(fault) {
    const listen = ["--listen", `127.0.0.1:${this.port}`, "--data", this.folder.path];
    const env = { NEOPRO_PLAYER_REPORT_SECONDS: "1", ...(fault && { NEOPRO_FAULT: `${fault}:kill` }) };
    this.process = start(this.name, binary, ["run", "--server", this.server, ...listen], { env });
  }

  // Dies after so long, whatever it does.
  async liveAndDie(ms) {
    this.start();
    await sleep(ms);
    await this.die();
  }

  // Dies now. It must have lived until then.
  async die() {
    this.process.alive();
    await this.#count(this.process.kill());
  }

  // Lives until it reaches a point of its program, where it dies.
  async dieAt(point, { seconds = 90 } = {}) {
    this.start(point);
    const late = sleep(seconds * 1000).then(() => ({ late: true }));
    const end = await Promise.race([this.process.ended, late]);
    if (end.late || end.signal !== "SIGKILL") {
      await this.process.kill();
      throw new Error(`${this.name} did not die at ${point}: ${JSON.stringify(end)}`);
    }
    await this.#count(end);
  }

  async #count(end) {
    const now = Date.now();
    await end;
    this.deaths += 1;
    for (const [play, at] of this.tv.seen) {
      if (now - at > KEPT_MS) this.kept.add(play);
    }
    this.tv.seen.clear();
  }

  publish(videos) {
    return this.admin.publish(this.site, videos);
  }

  // Whether it plays what was published last.
  async inSync() {
    const { applied_version: applied, published_version: published } = await this.admin.site(this.site);
    return published !== null && applied === published;
  }

  // What the player itself keeps of its plays.
  async journal() {
    const text = await run(binary, ["journal", "--data", this.folder.path]);
    return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  // Ends in peace: in sync, the screen closed, every play answered for.
  async rest() {
    this.start();
    await until(`${this.name} is in sync`, () => this.inSync(), { seconds: 150, every: 1 });
    await sleep(3_000);
    await this.tv.close();
    await until(
      `${this.name} has a receipt for every play`,
      async () => (await this.journal()).every(({ receipt }) => receipt),
      { seconds: 150, every: 1 },
    );
    await this.process.stop();
  }

  // Files whose bytes are not what their name says, and how many there are.
  async files() {
    const folder = join(this.folder.path, "files");
    const names = readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const hashed = await Promise.all(names.map((name) => hashOf(join(folder, name))));
    return { names, damaged: names.filter((name, place) => hashed[place] !== name) };
  }

  async stop() {
    await Promise.all([this.tv.close(), this.process?.kill()]);
    this.folder.remove();
  }
}

async function hashOf(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
