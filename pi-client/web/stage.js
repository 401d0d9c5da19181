// Two stacked places: one shows its clip, the other has the next one ready. No black frame between
// them, whether they are films or pictures.
import { Film } from "./film.js";
import { Picture } from "./picture.js";

/** One of the two places, with a film or a picture in it. */
class Slot {
  constructor(element, changed) {
    this.element = element;
    this.film = new Film(element.querySelector("video"), changed);
    this.picture = new Picture(element.querySelector("img"), changed);
    this.clip = this.film;
  }

  get token() {
    return this.clip.token;
  }

  load(clip) {
    const other = clip.kind === "picture" ? this.film : this.picture;
    this.clip = clip.kind === "picture" ? this.picture : this.film;
    other.empty();
    this.clip.load(clip);
  }

  empty() {
    this.clip.empty();
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
    this.#slots = [...root.querySelectorAll(".slot")].map((slot) => new Slot(slot, changed));
    this.#button = root.querySelector("button");
    this.#button.addEventListener("click", () => this.#setMuted(false));
  }

  /** Shows this clip and keeps the next one ready. Says the same thing twice without harm. */
  show(current, next) {
    this.#next = next;
    if (this.#front?.token !== current.token) this.#bringOn(current);
    else if (this.#front.clip.frames > 0) this.#prepare();
    if (this.#front.clip.waits) this.#play(this.#front.clip);
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
    this.#front?.clip.pause();
  }

  /** What is really shown of the current clip. */
  report() {
    if (this.#front === null) return null;
    const { token, state, frames, mediaMs } = this.#front.clip;
    return { token, state, frames, media_ms: Math.round(mediaMs) };
  }

  #bringOn(clip) {
    let slot = this.#slots.find(({ token }) => token === clip.token);
    if (slot === undefined) {
      slot = this.#back();
      slot.load(clip);
    }
    this.#front = slot;
    for (const { element } of this.#slots) element.classList.toggle("front", element === slot.element);
    slot.element.classList.remove("done");
    slot.clip.watch(() => this.#firstFrame(slot, clip.token));
    // It failed while it was prepared: said once, now that it is due.
    if (slot.clip.state === "failed") this.#changed();
  }

  async #play(clip) {
    if (document.hidden) return;
    this.#applySound();
    try {
      await clip.play();
    } catch (error) {
      if (error.name !== "NotAllowedError" || this.#muted) return;
      // Without a gesture this browser plays only in silence: better that than nothing.
      this.#setMuted(true);
      this.#play(clip);
    }
  }

  #firstFrame(slot, token) {
    if (slot !== this.#front || slot.token !== token) return;
    // Only now is the last frame of the other one covered everywhere.
    this.#back().element.classList.add("done");
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
    for (const { film } of this.#slots) film.element.muted = this.#muted || this.#mirror;
  }
}
