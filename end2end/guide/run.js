// The deployment guide, walked chapter by chapter on real services: one printed line per step.
// `STORE=garage` walks it on Garage, which `make guide` builds; else on a lighter S3 server.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { output } from "../harness/process.js";
import { leaks } from "../harness/secrets.js";
import { CHAPTERS } from "./chapters.js";
import { startWorld } from "./world.js";

let [passed, failed] = [0, 0];
const world = await startWorld();
try {
  for (const [chapter, steps] of CHAPTERS) {
    console.log(`\n${chapter}`);
    for (const [title, step] of steps(world)) {
      if (failed > 0) break;
      const begun = Date.now();
      try {
        const figure = await step();
        passed += 1;
        console.log(`  ok     ${title}${figure ? `: ${figure}` : ""}`);
      } catch (error) {
        failed += 1;
        console.log(`  WRONG  ${title} (${Date.now() - begun} ms)\n${error.stack}\n${error.cause ?? ""}`);
        await photograph();
      }
    }
  }
} finally {
  await world.stop();
}
for (const leak of leaks()) {
  console.log(`WRONG: ${leak}`);
  failed += 1;
}
console.log(`\ntest result: ${failed === 0 ? "ok" : "FAILED"}. ${passed} passed; ${failed} failed; steps of the guide`);
process.exit(failed === 0 ? 0 : 1);

async function photograph() {
  mkdirSync(output, { recursive: true });
  for (const [name, page] of Object.entries(world.pages)) {
    console.log(`         ${name} at ${page.url()}: ${page.problems.join(" | ") || "no complaint"}`);
    await page.screenshot({ path: join(output, `guide-${name}.png`) }).catch(() => {});
  }
}
