// An observer of its own on the TV: it sees which clips begin and end, with nothing but what the
// browser says of <video> and <img> elements. It knows neither the page's code nor the player.
//
// A film's showing begins at the first frame presented while it runs and can be seen; it is complete
// when the video says `ended`. A picture's begins when it is there, decoded, and the foremost thing
// on the screen, and lasts as long as it is; how long it should is for the test to say.

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

  function followPicture(picture) {
    if (known.has(picture)) return;
    known.add(picture);
    let showing = null;
    let last = 0;

    const leave = () => {
      if (showing) console.debug("neopro-observer", JSON.stringify(showing));
      showing = null;
    };
    const isFront = () => document.elementFromPoint(innerWidth / 2, innerHeight / 2) === picture;
    const tick = (now) => {
      const { complete, naturalWidth, currentSrc } = picture;
      const seen = complete && naturalWidth > 0 && canBeSeen(picture) && isFront();
      if (showing && (!seen || showing.source !== currentSrc)) leave();
      if (seen && !showing) {
        count += 1;
        showing = {
          document: performance.timeOrigin,
          number: count,
          source: currentSrc,
          picture: true,
          from: 0,
          to: 0,
          frames: 1,
          ended: false,
        };
      } else if (showing) {
        showing.frames += 1;
        showing.to += (now - last) / 1000;
      }
      if (showing && showing.frames % 10 === 1) console.debug("neopro-observer", JSON.stringify(showing));
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    document.addEventListener("visibilitychange", leave);
  }

  const look = () => {
    document.querySelectorAll("video").forEach(follow);
    document.querySelectorAll("img").forEach(followPicture);
  };
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
