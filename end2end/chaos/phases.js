// What happens to players and server, one kind of death after the other.
import { readFileSync } from "node:fs";

import { root } from "../harness/process.js";
import { sleep } from "../harness/wait.js";
import { sha256 } from "./admin.js";
import { chance } from "./chance.js";
import { clip } from "./clips.js";
import { Victim } from "./victim.js";

// The points that the player names, in the order in which it passes them.
function points() {
  const source = readFileSync(`${root}/pi-client/src/fault.rs`, "utf8");
  const [, list] = /POINTS[^=]*= \[([^\]]*)\]/.exec(source);
  return [...list.matchAll(/"([a-z-]+)"/g)].map(([, name]) => name);
}

// A fresh player for each round walks from point to point and dies at every one.
export async function killAtPoints({ plan, admin, library, victims, note }) {
  if (plan.pointRounds === 0) return;
  const names = points();
  const walk = async (victim) => {
    for (const point of names) {
      // Only a new box passes these.
      if (point.startsWith("enrolment-")) await victim.renew();
      await victim.publish(await library.loop());
      await victim.dieAt(point);
    }
  };
  const walkers = [];
  for (let round = 1; round <= plan.pointRounds; round += 1) {
    walkers.push(await Victim.of(`point-${round}`, { admin, server: victims[0].server }));
  }
  victims.push(...walkers);
  await Promise.all(walkers.map(walk));
  note(`player killed at ${names.length} named points`, names.length * walkers.length);
}

// Every player dies again and again, at any moment from its first on.
export async function killAtRandom({ plan, seed, library, victims, note }) {
  let left = plan.deaths;
  const torment = async (victim) => {
    const dice = chance(seed, victim.name);
    while (left-- > 0) {
      if (dice.between(0, 1) < 0.4) await victim.publish(await library.loop());
      // Many short lives, for what happens at the start; some long ones, for plays and deliveries.
      await victim.liveAndDie(dice.pick([300, 900, 2_500, 6_000]) * dice.between(0.3, 1.3));
    }
  };
  await Promise.all(victims.map(torment));
  note("player killed at a random moment", plan.deaths);
}

// The server dies while a file goes up and players deliver.
export async function killServer({ plan, seed, server, admin, victims, note }) {
  const dice = chance(seed, "server");
  for (const victim of victims) victim.start();
  let dying = true;
  let uploads = 0;
  const uploading = (async () => {
    while (dying) {
      const bytes = clip(1_000 + uploads, plan.uploadBytes);
      const { id } = await admin.upload(`large-${uploads}.mp4`, bytes);
      uploads += 1;
      const there = sha256(await admin.file(id));
      if (there !== sha256(bytes)) throw new Error(`upload ${uploads} is not what was sent`);
    }
  })();
  uploading.catch(() => (dying = false));
  for (let death = 0; death < plan.serverDeaths && dying; death += 1) {
    await sleep(dice.between(200, 2_500));
    await server.kill();
    await server.startAgain();
  }
  dying = false;
  await uploading;
  note("server killed during upload and ingestion", plan.serverDeaths);
  note("uploads that went on after a break, verified", admin.resumed);
  note("uploads, verified", uploads);
  for (const victim of victims) await victim.die();
}
