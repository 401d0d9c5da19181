// An observer of its own on the TV: it sees which videos begin and end, with nothing but what the
// browser says of <video> elements. It knows neither the page's code nor the player.
//
// A showing begins at the first frame presented while its video runs and can be seen; it is
// complete when the video says `ended`.

function watch() {
  const known = new WeakSet();
  let count = 0;

  const canBeSeen = (video) =>
    document.visibilityState === "visible" &&
    video.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    video.getBoundingClientRect().width > 0;

  function follow(video) {
    if (known.has(video)) return;
    known.add(video);
    let showing = null;

    const tell = () => console.debug("neopro-observer", JSON.stringify(showing));
    const leave = () => {
      if (showing) tell();
      showing = null;
    };
    const frame = (now, { mediaTime, presentedFrames }) => {
      if (!showing && !video.paused && !video.ended && canBeSeen(video)) {
        count += 1;
        showing = {
          document: performance.timeOrigin,
          number: count,
          source: video.currentSrc,
          duration: video.duration,
          from: mediaTime,
          before: presentedFrames - 1,
          muted: video.muted,
          ended: false,
        };
      }
      if (showing) {
        showing.to = mediaTime;
        showing.frames = presentedFrames - showing.before;
        if (showing.frames % 10 === 1) tell();
      }
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
    video.addEventListener("ended", () => {
      if (showing) showing.ended = true;
      leave();
    });
    video.addEventListener("emptied", leave);
    video.addEventListener("loadstart", leave);
  }

  const look = () => document.querySelectorAll("video").forEach(follow);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}

// Watches every page of a context from now on. It reports through the console: a call from
// outside into the page would count as a user's gesture, and sound would be allowed after it.
export async function observe(context) {
  const showings = new Map();
  const pages = [];
  context.on("console", (message) => {
    const [, json] = /^neopro-observer (.*)$/.exec(message.text()) ?? [];
    if (!json) return;
    const page = message.page();
    if (!pages.includes(page)) pages.push(page);
    const showing = JSON.parse(json);
    showings.set(`${pages.indexOf(page)}/${showing.document}/${showing.number}`, { page, ...showing });
  });
  await context.addInitScript(watch);
  return {
    // Every showing in the order of its first frame; of one page, when given.
    showings: (page) => [...showings.values()].filter((one) => !page || one.page === page),
    completed: (page) =>
      [...showings.values()].filter((one) => one.ended && (!page || one.page === page)),
  };
}
