// The observer must be right before it may judge: here it watches a page that we know.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { startTv } from "../harness/browser.js";
import { observe } from "../harness/observer.js";
import { sleep, until } from "../harness/wait.js";

const CLIPS = ["Optique Armor", "Crédit de l’Ouest"];
const clip = (number) =>
  readFileSync(new URL(`../clips/demo/${CLIPS[number]}.mp4`, import.meta.url));

// Two stacked videos that take turns, as a TV page has them.
const PAGE = `<!doctype html><title>TV</title>
<style>video { position: fixed; inset: 0; width: 100%; } .behind { opacity: 0; }</style>
<video src="/0.mp4" preload="auto"></video>
<video src="/1.mp4" preload="auto" class="behind"></video>
<script>
  const videos = [...document.querySelectorAll("video")];
  window.refused = 0;
  const show = async (video) => {
    videos.forEach((one) => one.classList.toggle("behind", one !== video));
    video.currentTime = 0;
    try { await video.play(); } catch { window.refused += 1; video.muted = true; await video.play(); }
  };
  videos.forEach((video, i) => video.addEventListener("ended", () => show(videos[1 - i])));
  show(videos[0]);
</script>`;

let site;
let address;
before(async () => {
  site = createServer((request, response) => {
    const number = /^\/(\d)\.mp4$/.exec(request.url)?.[1];
    const type = number ? "video/mp4" : "text/html; charset=utf-8";
    response.writeHead(200, { "content-type": type });
    response.end(number ? clip(number) : PAGE);
  });
  await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
  address = `http://localhost:${site.address().port}/`;
});
after(() => site.close());

test("the observer sees each showing once, and nothing on a hidden page", async () => {
  const tv = await startTv({ name: "tv-harness" });
  try {
    const observer = await observe(tv.context);
    const page = await tv.newPage();
    await page.goto(address);
    await until("both clips were shown to their end", () => observer.completed().length >= 2);
    for (const { duration, from, to, frames, muted } of observer.completed()) {
      assert.ok(to - from > 0.95 * duration - 0.1, `only ${from} to ${to} of ${duration} s`);
      assert.ok(frames > 12 * duration, `only ${frames} frames in ${duration} s`);
      assert.equal(muted, false);
    }
    const sources = observer.completed().map(({ source }) => new URL(source).pathname);
    assert.deepEqual(sources.slice(0, 2), ["/0.mp4", "/1.mp4"]);

    const front = await tv.newPage();
    await front.bringToFront();
    await until("the page is hidden", () => page.evaluate(() => document.hidden));
    const seen = observer.showings().length;
    await sleep(6000);
    assert.equal(observer.showings().length, seen, "a hidden page shows nothing");

    await page.bringToFront();
    await until("it goes on", () => observer.showings().length > seen);
  } finally {
    await tv.stop();
  }
});

test("without the kiosk's flag, sound is refused and the muted showing counts", async () => {
  const tv = await startTv({ name: "tv-harness-muted", sound: false });
  try {
    const observer = await observe(tv.context);
    const page = await tv.newPage();
    await page.goto(address);
    await until("the clip with sound was shown", () => observer.completed().length >= 2);
    const [silent, loud] = observer.completed();
    assert.equal(new URL(silent.source).pathname, "/0.mp4");
    assert.equal(loud.muted, true);
    assert.ok((await page.evaluate(() => window.refused)) > 0);
  } finally {
    await tv.stop();
  }
});
