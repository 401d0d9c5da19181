// The player, as a Raspberry Pi runs it: one process, its own folder, its pages on loopback.
import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { program, run, start, temporaryFolder } from "./process.js";
import { freePort, until } from "./wait.js";

const KEY = "identity.key";

// `copyOf`: another player, whose card this one's is a copy of.
export async function startPlayer(serverUrl, { name = "player", copyOf } = {}) {
  const folder = temporaryFolder(name);
  if (copyOf) copyFileSync(join(copyOf.folder, KEY), join(folder.path, KEY));
  const port = await freePort();
  const binary = program("neopro-player");
  const data = ["--data", folder.path];
  const listen = ["--listen", `127.0.0.1:${port}`];
  const tv = `http://localhost:${port}/tv`;
  let player;
  const launch = async () => {
    player = start(name, binary, ["run", "--server", serverUrl, ...data, ...listen]);
    await until(`${name} serves its page`, async () => {
      player.alive();
      return (await fetch(tv)).ok;
    });
  };
  await launch();
  return {
    folder: folder.path,
    tv,
    log: () => player.text(),
    kill: () => player.kill(),
    // The same box, after a power cut.
    startAgain: launch,
    // What the player itself keeps of its plays: one JSON object a line.
    async journal() {
      const text = await run(binary, ["journal", ...data]);
      return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    },
    async stop() {
      await player.stop();
      folder.remove();
    },
  };
}
