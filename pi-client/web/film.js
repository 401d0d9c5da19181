// A film, and what it really shows of itself.

export class Film {
  token = null;
  #changed;

  constructor(video, changed) {
    this.element = video;
    this.#changed = changed;
    video.addEventListener("ended", () => {
      this.mediaMs = milliseconds(video.currentTime);
      this.#become("ended");
    });
    video.addEventListener("error", () => this.#become("failed"));
  }

  load({ token, src }) {
    Object.assign(this, { token, state: "playing", frames: 0, mediaMs: 0 });
    this.element.hidden = false;
    this.element.src = src;
    this.element.load();
  }

  empty() {
    if (this.token === null) return;
    this.token = null;
    this.element.hidden = true;
    this.element.removeAttribute("src");
    this.element.load();
  }

  /** Counts the frames that the browser presents, from now on. */
  watch(firstFrame) {
    const { token, element } = this;
    const step = (_now, frame) => {
      if (this.token !== token) return;
      const first = this.frames === 0;
      this.frames = frame.presentedFrames;
      this.mediaMs = milliseconds(frame.mediaTime);
      if (first) firstFrame();
      element.requestVideoFrameCallback(step);
    };
    element.requestVideoFrameCallback(step);
  }

  /** Whether it stands still and should not. */
  get waits() {
    return this.element.paused && this.state === "playing";
  }

  play() {
    return this.element.play();
  }

  pause() {
    this.element.pause();
  }

  #become(state) {
    // Taking the source away also fires "error".
    if (this.token === null || !this.element.hasAttribute("src")) return;
    this.state = state;
    this.#changed();
  }
}

function milliseconds(seconds) {
  return Math.max(0, Math.round(seconds * 1000));
}
