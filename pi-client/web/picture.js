// A picture that stands for a while: its frames are those that the browser draws while it is on
// screen, its time is the time between them.

/** A page that draws nothing for longer may have shown anything meanwhile. */
const GAP_MS = 1000;

export class Picture {
  token = null;
  #changed;
  #ready = null;
  #last = null;

  constructor(img, changed) {
    this.element = img;
    this.#changed = changed;
  }

  /** Loads and decodes it: what comes on later is there whole, and at once. */
  load({ token, src, duration_ms: durationMs, ground }) {
    Object.assign(this, { token, durationMs, state: "playing", frames: 0, mediaMs: 0 });
    this.element.hidden = true;
    this.element.dataset.ground = ground;
    this.element.src = src;
    this.#ready = this.element.decode().catch(() => this.#fail(token));
  }

  empty() {
    if (this.token === null) return;
    this.token = null;
    this.element.hidden = true;
    this.element.removeAttribute("src");
  }

  /** Stands on screen from now on, as soon as it can, and counts. */
  async watch(firstFrame) {
    const { token } = this;
    await this.#ready;
    if (this.token !== token || this.state === "failed") return;
    this.element.hidden = false;
    this.#last = null;
    const step = (now) => {
      if (this.token !== token) return;
      // What this call sees was drawn after the one before it.
      if (this.#last !== null) this.#drawn(now - this.#last, firstFrame);
      this.#last = now;
      if (this.state === "playing") requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** It needs nobody to go on. */
  get waits() {
    return false;
  }

  async play() {}

  /** Nobody sees it: the time until it is seen again is not its. */
  pause() {
    this.#last = null;
  }

  #drawn(passedMs, firstFrame) {
    this.frames += 1;
    this.mediaMs += passedMs <= GAP_MS ? passedMs : 0;
    if (this.frames === 1) firstFrame();
    if (this.mediaMs < this.durationMs) return;
    this.mediaMs = this.durationMs;
    this.state = "ended";
    this.#changed();
  }

  #fail(token) {
    // Another picture in its place also ends a decoding.
    if (this.token !== token) return;
    this.state = "failed";
    this.#changed();
  }
}
