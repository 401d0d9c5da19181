// Two stacked videos: one plays, the other has the next clip ready. No black frame between them.

/** One of the two videos, with what it really showed of its clip. */
class Slot {
  token = null;

  constructor(video, changed) {
    this.video = video;
    video.addEventListener("ended", () => {
      this.mediaMs = milliseconds(video.currentTime);
      this.#become("ended", changed);
    });
    video.addEventListener("error", () => this.#become("failed", changed));
  }

  load({ token, src }) {
    Object.assign(this, { token, state: "playing", frames: 0, mediaMs: 0 });
    this.video.src = src;
    this.video.load();
  }

  empty() {
    if (this.token === null) return;
    this.token = null;
    this.video.removeAttribute("src");
    this.video.load();
  }

  /** Counts the frames that the browser presents, from now on. */
  watch(firstFrame) {
    const { token, video } = this;
    const step = (_now, frame) => {
      if (this.token !== token) return;
      const first = this.frames === 0;
      this.frames = frame.presentedFrames;
      this.mediaMs = milliseconds(frame.mediaTime);
      if (first) firstFrame();
      video.requestVideoFrameCallback(step);
    };
    video.requestVideoFrameCallback(step);
  }

  #become(state, changed) {
    // Taking the source away also fires "error".
    if (this.token === null || !this.video.hasAttribute("src")) return;
    this.state = state;
    changed();
  }
}

export class Stage {
  #slots;
  #front = null;
  #next = null;
  #changed;
  #button;
  #muted = false;
  #mirror = false;

  /** `changed` is called when the player should know at once. */
  constructor(root, changed) {
    this.#changed = changed;
    this.#slots = [...root.querySelectorAll("video")].map((video) => new Slot(video, changed));
    this.#button = root.querySelector("button");
    this.#button.addEventListener("click", () => this.#setMuted(false));
  }

  /** Shows this clip and keeps the next one ready. Says the same thing twice without harm. */
  show(current, next) {
    this.#next = next;
    if (this.#front?.token !== current.token) this.#bringOn(current);
    else if (this.#front.frames > 0) this.#prepare();
    if (this.#front.video.paused && this.#front.state === "playing") this.#play(this.#front);
  }

  /** Nothing plays. */
  clear() {
    this.#front = null;
    for (const slot of this.#slots) slot.empty();
  }

  /** A tab beside the one that speaks for the screen plays without sound: one hall, one sound. */
  setMirror(mirror) {
    if (this.#mirror === mirror) return;
    this.#mirror = mirror;
    this.#applySound();
  }

  /** Nobody sees the page. */
  pause() {
    this.#front?.video.pause();
  }

  /** What is really shown of the current clip. */
  report() {
    if (this.#front === null) return null;
    const { token, state, frames, mediaMs } = this.#front;
    return { token, state, frames, media_ms: mediaMs };
  }

  #bringOn(clip) {
    let slot = this.#slots.find(({ token }) => token === clip.token);
    if (slot === undefined) {
      slot = this.#back();
      slot.load(clip);
    }
    this.#front = slot;
    for (const { video } of this.#slots) video.classList.toggle("front", video === slot.video);
    slot.video.classList.remove("done");
    slot.watch(() => this.#firstFrame(slot));
    // It failed while it was prepared: said once, now that it is due.
    if (slot.state === "failed") this.#changed();
  }

  async #play(slot) {
    if (document.hidden) return;
    this.#applySound();
    try {
      await slot.video.play();
    } catch (error) {
      if (error.name !== "NotAllowedError" || this.#muted) return;
      // Without a gesture this browser plays only in silence: better that than nothing.
      this.#setMuted(true);
      this.#play(slot);
    }
  }

  #firstFrame(slot) {
    if (slot !== this.#front) return;
    // Only now is the last frame of the other one covered everywhere.
    this.#back().video.classList.add("done");
    this.#changed();
    this.#prepare();
  }

  #prepare() {
    const back = this.#back();
    if (this.#next && back.token !== this.#next.token) back.load(this.#next);
  }

  #back() {
    return this.#slots.find((slot) => slot !== this.#front);
  }

  #setMuted(muted) {
    this.#muted = muted;
    this.#applySound();
  }

  #applySound() {
    const offer = this.#muted && !this.#mirror;
    this.#button.hidden = !offer;
    document.body.style.cursor = offer ? "default" : "";
    for (const { video } of this.#slots) video.muted = this.#muted || this.#mirror;
  }
}

function milliseconds(seconds) {
  return Math.max(0, Math.round(seconds * 1000));
}
