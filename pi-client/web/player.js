// What this page says to the player. Its lease is a secret that never leaves this module.

const PATIENCE_MS = 2500;

export class Player {
  #lease = null;
  #gone = false;

  /** Says what is shown, or asks to speak for the screen; answers with what to show. */
  async exchange(clip) {
    // A closing page that asked again would keep the screen from the one that follows it.
    if (this.#gone) throw new Error("this page is closed");
    const visibility = document.visibilityState === "visible" ? "visible" : "hidden";
    if (this.#lease !== null) {
      const response = await post("/local/report", { lease: this.#lease, visibility, clip });
      if (response.ok) return (await response.json()).view;
      if (response.status !== 403) throw new Error(`report: ${response.status}`);
      // Another tab speaks for the screen now, or the player was restarted.
      this.#lease = null;
    }
    const response = await post("/local/lease", { visibility });
    if (!response.ok) throw new Error(`lease: ${response.status}`);
    const answer = await response.json();
    this.#lease = answer.lease;
    return answer.view;
  }

  /** Whether this page speaks for the screen; the others show the same, without sound. */
  get speaks() {
    return this.#lease !== null;
  }

  /** Frees the screen for another tab, or for this one after a reload. */
  leave() {
    this.#gone = true;
    if (this.#lease === null) return;
    const body = new Blob([JSON.stringify({ lease: this.#lease })], { type: "application/json" });
    navigator.sendBeacon("/local/release", body);
    this.#lease = null;
  }

  /** The page is there, for the first time or from the browser's cache of closed pages. */
  arrive() {
    this.#gone = false;
  }
}

function post(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}
