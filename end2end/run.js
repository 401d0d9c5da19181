// Runs tests/*.test.js one after the other and ends with a line that CI reads.
// `ONLY=story` runs the files whose name contains it.
import { readdirSync, rmSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const here = (path) => new URL(path, import.meta.url).pathname;
const only = process.env.ONLY ?? "";
rmSync(here("output"), { recursive: true, force: true });
const files = readdirSync(here("tests"))
  .filter((name) => name.endsWith(".test.js") && name.includes(only))
  .map((name) => here(`tests/${name}`));

let passed = 0;
let failed = 0;
const tests = run({ files, concurrency: 1, timeout: 600_000 });
tests.on("test:pass", (event) => {
  if (!isFile(event)) passed += 1;
});
tests.on("test:fail", (event) => {
  if (!isFile(event)) failed += 1;
});
tests.compose(new spec()).pipe(process.stdout);
tests.on("close", finish);
tests.on("end", finish);

function isFile(event) {
  return event.nesting === 0 && files.includes(event.name);
}

let finished = false;
function finish() {
  if (finished) return;
  finished = true;
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  setImmediate(() => {
    const word = failed > 0 ? "FAILED" : "ok";
    console.log(`test result: ${word}. ${passed} passed; ${failed} failed; in the browser`);
  });
}
