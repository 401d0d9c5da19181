// A simulated player that delivers plays without a pause, and keeps each until it is answered.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";

import { sleep } from "../harness/wait.js";

const PLAYS = 20; // in one delivery

export class Box {
  #key = generateKeyPairSync("ed25519");
  #boot = randomUUID();
  #seq = 0;
  made = []; // the id of every play
  requests = 0;
  failed = 0;
  #token;
  #going = true;

  constructor(url, site, video) {
    Object.assign(this, { url, site, video });
  }

  get #public() {
    return Buffer.from(this.#key.publicKey.export({ format: "jwk" }).x, "base64url");
  }

  #sign(text) {
    return sign(null, Buffer.from(text), this.#key.privateKey).toString("hex");
  }

  async #post(path, body) {
    const headers = { "content-type": "application/json", ...(this.#token && { authorization: `Bearer ${this.#token}` }) };
    this.requests += 1;
    const answer = await fetch(`${this.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async link(admin) {
    const claim = JSON.stringify({ public_key: this.#public.toString("hex"), hardware: { model: "Raspberry Pi 4" } });
    const { code } = await this.#post("/enrol", { claim, signature: this.#sign(`neopro-enrol-v1|${claim}`) });
    await admin.json("POST", `/api/v1/sites/${this.site}/player`, { code });
    await this.#authenticate();
  }

  async #authenticate() {
    this.#token = undefined;
    const key_id = createHash("sha256").update(this.#public).digest("hex");
    const { nonce } = await this.#post("/player/challenge", { key_id });
    const signature = this.#sign(`neopro-player-v1|${this.url}|${nonce}`);
    const answer = await this.#post("/player/token", { key_id, nonce, signature, boot_id: this.#boot });
    this.#token = answer.token;
  }

  // Plays and delivers until it is told to stop; what is on its way then is brought to its end.
  async live() {
    while (this.#going) {
      const plays = Array.from({ length: PLAYS }, () => this.#play());
      this.made.push(...plays.map((play) => play.id));
      while (!(await this.#deliver(plays))) await sleep(200);
      await this.#post("/player/report", { boot_id: this.#boot }).catch(() => (this.failed += 1));
      await sleep(50);
    }
  }

  async #deliver(plays) {
    try {
      const { receipts } = await this.#post("/player/plays", { plays });
      return receipts.length === plays.length;
    } catch {
      this.failed += 1;
      return false;
    }
  }

  #play() {
    this.#seq += 1;
    const now = Date.now();
    const time = now.toString(16).padStart(12, "0");
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
    const { id: video_id, sha256, duration_ms } = this.video;
    const shown = { duration_ms, shown_ms: duration_ms, outcome: "completed", clock: "synced" };
    const from = { boot_id: this.#boot, seq: this.#seq, configuration_version: 1 };
    return { id, video_id, sha256, played_at: new Date(now).toISOString(), ...from, ...shown };
  }

  stop() {
    this.#going = false;
  }
}
