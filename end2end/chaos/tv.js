// The TV's page without a browser: speaks to the player as the page does, and keeps its own account
// of what it saw begin.
import { sleep } from "../harness/wait.js";

const SHOWN_MS = 1_150; // long enough that the player does not think the clip broken
const BEAT_MS = 230;

export class Tv {
  seen = new Map(); // play → when the player heard of its first frame
  view = { page: "starting" };
  #lease = null;
  #closed = false;

  // `meets` is told the code that stands on the screen.
  constructor(origin, meets) {
    this.origin = origin;
    this.meets = meets;
    this.done = this.#run();
  }

  async close() {
    this.#closed = true;
    await this.done;
    if (this.#lease) await this.#say("release", { lease: this.#lease }).catch(() => {});
  }

  async #run() {
    while (!this.#closed) {
      try {
        await this.#turn();
      } catch {
        // The player is dead, or another life of it wants another lease.
        this.#lease = null;
        await sleep(50);
      }
    }
  }

  async #turn() {
    if (!this.#lease) {
      const { lease, view } = await this.#say("lease", { visibility: "visible" });
      this.#lease = lease;
      this.view = view;
      if (!lease) return sleep(200);
    }
    if (this.view.page === "pairing") await this.meets(this.view.code);
    if (this.view.page === "playing") return this.#show(this.view.current.token);
    await this.#report(null);
    await sleep(BEAT_MS);
  }

  // One clip: a first frame, some more, its end.
  async #show(token) {
    const began = Date.now();
    for (let passed = 0; ; passed = Date.now() - began) {
      const state = passed < SHOWN_MS ? "playing" : "ended";
      await this.#report({ token, state, frames: 1 + Math.floor(passed / 40), media_ms: passed });
      if (!this.seen.has(token)) this.seen.set(token, Date.now());
      if (state === "ended" || this.view.current?.token !== token || this.#closed) return;
      await sleep(BEAT_MS);
    }
  }

  async #report(clip) {
    const { view } = await this.#say("report", { lease: this.#lease, visibility: "visible", clip });
    this.view = view;
  }

  async #say(verb, words) {
    const answer = await fetch(`${this.origin}/local/${verb}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.origin },
      body: JSON.stringify(words),
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(`${verb}: ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  }
}
