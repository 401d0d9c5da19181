// Videos for loops: new ones all the time, so that players always have something to fetch.
import { clip } from "./clips.js";

export class Library {
  #made = 0;
  #videos = [];

  constructor(admin, { clipBytes }) {
    this.admin = admin;
    this.clipBytes = clipBytes;
  }

  // A loop of three videos; the newest was never seen before.
  async loop() {
    do {
      const number = this.#made;
      this.#made += 1;
      const bytes = clip(number, this.clipBytes);
      this.#videos.push(await this.admin.upload(`chaos-${number}.mp4`, bytes));
    } while (this.#videos.length < 3);
    return this.#videos.slice(-3).map(({ id }) => id);
  }

  // What a site that shows the last loop must have.
  files(ids) {
    return this.#videos.filter(({ id }) => ids.includes(id)).map(({ sha256 }) => sha256);
  }
}
