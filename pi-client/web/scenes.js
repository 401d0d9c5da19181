// Everything but the videos: pairing, idle, starting.

/** Shows the scene of this view. */
export function showScene(view) {
  document.body.dataset.page = view.page;
  if (view.page === "pairing") showPairing(view);
  if (view.page === "idle") showIdle(view);
  if (view.page === "playing") showRelink(view.pairing);
}

function showPairing({ code, words, qr }) {
  fillCode(code, words);
  fitCode();
  const svg = document.getElementById("qr");
  svg.setAttribute("viewBox", `0 0 ${qr.size} ${qr.size}`);
  svg.firstElementChild.setAttribute("d", qr.path);
  svg.parentElement.hidden = qr.size === 0;
}

/** The code never wraps: eight wide letters are made smaller than eight narrow ones. */
function fitCode() {
  const element = document.querySelector(".code");
  element.style.fontSize = "";
  const { clientWidth: room, scrollWidth: wanted } = element;
  if (wanted <= room) return;
  element.style.fontSize = `${(parseFloat(getComputedStyle(element).fontSize) * room) / wanted}px`;
}

function showIdle({ site_name: site, reason, percent }) {
  fill("site", site);
  document.querySelector('[data-scene="idle"]').dataset.why = reason;
  if (reason !== "downloading") return;
  fill("percent", percent);
  document.getElementById("progress").value = percent;
}

/** The screen lost its link and goes on with what it has. */
function showRelink(pairing) {
  document.getElementById("relink").hidden = !pairing;
  if (pairing) fillCode(pairing.code, pairing.words);
}

function fillCode(code, words) {
  // A hyphen that never ends a line.
  fill("code", code.replace("-", "\u2011"));
  fill("words", words.join(" · "));
}

function fill(name, value) {
  for (const element of document.querySelectorAll(`[data-fill="${name}"]`)) {
    if (element.textContent !== String(value)) element.textContent = value;
  }
}
