// After the storm: is anything missing?
import { filesAgree, playsAgree } from "./check.js";

export async function complaints({ admin, library, victims, note }) {
  const wrong = [];
  let plays = 0;
  let files = 0;
  const loop = await library.loop();
  const judge = async (victim) => {
    await victim.publish(loop);
    await victim.rest();
    const journal = await victim.journal();
    const stored = await admin.plays(victim.site);
    wrong.push(...playsAgree(victim.name, { journal, stored, kept: victim.kept }));
    const counted = await admin.counted(victim.site);
    if (counted !== stored.length) wrong.push(`${victim.name}: ${counted} plays counted, ${stored.length} stored`);
    const found = await victim.files();
    wrong.push(...filesAgree(victim.name, { files: found, wanted: library.files(loop) }));
    plays += stored.length;
    files += found.names.length;
  };
  for (const judged of await Promise.allSettled(victims.map(judge))) {
    if (judged.status === "rejected") wrong.push(judged.reason.stack);
  }
  note("players in sync afterwards, with a valid configuration", victims.length);
  note("files on their disks, verified", files);
  note("plays in their journals, each stored exactly once", plays);
  return wrong;
}
