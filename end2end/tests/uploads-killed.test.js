// A server that is killed again and again while a file comes in keeps what it acknowledged.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { largeFilm } from "../harness/film.js";
import { temporaryFolder } from "../harness/process.js";
import { scriptOf, sha256 } from "../harness/script.js";
import { ADMIN, startServer } from "../harness/server.js";
import { sleep } from "../harness/wait.js";

const KILLS = Number(process.env.KILLS ?? 50);
const PART = 256 * 1024;
const SEED = Number(process.env.SEED ?? 1);

// The same numbers for the same seed (mulberry32).
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`uploads survive ${KILLS} kills (seed ${SEED})`, async () => {
  const folder = temporaryFolder("killed");
  const server = await startServer({ name: "server-killed" });
  const random = numbers(SEED);
  const kept = []; // hashes
  let kills = 0;
  try {
    await server.createAdmin();
    const ask = await scriptOf(server, ADMIN);

    // Sends and completes one film, while the server is killed every now and then.
    const bring = async (film, begin) => {
      let acknowledged = 0;
      const goOn = async () => {
        let upload = (await ask("POST", "uploads", begin)).json;
        assert.ok(upload.received >= acknowledged, `${upload.received} of ${acknowledged}`);
        while (upload.received < upload.size) {
          const part = film.subarray(upload.received, upload.received + PART);
          const place = `chunks?offset=${upload.received}&sha256=${sha256(part)}`;
          upload = (await ask("PUT", `uploads/${upload.id}/${place}`, part)).json;
          acknowledged = upload.received;
        }
        return ask("POST", `uploads/${upload.id}/complete`);
      };
      for (;;) {
        const killing = kills < KILLS && sleep(random() * 60).then(() => server.kill());
        const ended = await goOn().catch(unlessWrong);
        if (killing) {
          await killing;
          kills += 1;
          await server.startAgain();
        }
        if (ended) return ended;
      }
    };
    // Only a server that went away is what we expect.
    const unlessWrong = (error) => {
      if (error instanceof assert.AssertionError) throw error;
    };

    while (kills < KILLS) {
      const name = `film-${kept.length}.mp4`;
      const film = readFileSync(largeFilm(folder.path, name, 2 * 1024 * 1024));
      const begin = { file_name: name, size: film.length, modified_ms: 1 };
      const ended = await bring(film, begin);
      assert.equal(ended.status, 200, JSON.stringify(ended.json));
      assert.equal(ended.json.video.sha256, sha256(film));
      kept.push(sha256(film));
    }
    const videos = (await ask("GET", "videos?order=name&per_page=100")).json;
    assert.deepEqual(videos.items.map((video) => video.sha256).sort(), kept.sort(), "each once");
    assert.deepEqual((await ask("GET", "uploads")).json, []);
    const unfinished = readdirSync(join(server.folder, "files", "incoming"));
    assert.deepEqual(unfinished.filter((name) => name.endsWith(".upload")), []);
  } finally {
    await server.stop();
    folder.remove();
  }
});
