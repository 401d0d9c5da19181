// The TV's page renders what the player decides and reports what it really shows.
import { Player } from "./player.js";
import { showScene } from "./scenes.js";
import { Stage } from "./stage.js";

/** Also how often the lease is renewed and a mirror asks whether it may speak. */
const PULSE_MS = 1000;

const player = new Player();
const stage = new Stage(document.getElementById("stage"), sync);
let running = false;
let again = false;

/** Reports the state of the page and renders the answer; one exchange at a time, so that answers come in order. */
async function sync() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    try {
      const view = await player.exchange(stage.report());
      stage.setMirror(!player.speaks);
      render(view);
    } catch {
      // The player restarts: what is on screen stays there, the next pulse tries again.
    }
  }
  running = false;
}

function render(view) {
  showScene(view);
  if (view.page === "playing") stage.show(view.current, view.next);
  else stage.clear();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) stage.pause();
  sync();
});
addEventListener("pagehide", () => player.leave());
addEventListener("pageshow", () => {
  player.arrive();
  sync();
});
setInterval(sync, PULSE_MS);
