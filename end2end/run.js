// Runs tests/*.test.js, some beside each other since they mostly wait, and ends with a line that CI reads.
// `ONLY=story` runs the files whose name contains one of its words; `STACK=production` stands their servers
// on PostgreSQL behind a pooler, Redis and an object store.
import { readdirSync, rmSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

import { output } from "./harness/process.js";
import { leaks } from "./harness/secrets.js";
import { isProduction, startShared } from "./harness/stack.js";

const here = (path) => new URL(path, import.meta.url).pathname;
const only = (process.env.ONLY ?? "").split(",");
rmSync(output, { recursive: true, force: true });
const files = readdirSync(here("tests"))
  .filter((name) => name.endsWith(".test.js") && only.some((word) => name.includes(word)))
  .map((name) => here(`tests/${name}`));

let passed = 0;
let failed = 0;
const isTest = ({ name, details }) => details.type !== "suite" && !files.includes(name);
const stopShared = await startShared();
const tests = run({ files, concurrency: 2, timeout: 900_000 });
tests.on("test:pass", (event) => {
  if (isTest(event) && event.skip === undefined) passed += 1;
});
let broken = false; // a suite or a file that could not even begin
tests.on("test:fail", (event) => {
  if (isTest(event)) failed += 1;
  else broken = true;
});
tests.compose(new spec()).pipe(process.stdout);
tests.on("end", async () => {
  await stopShared();
  for (const leak of leaks()) {
    console.log(`WRONG: ${leak}`);
    failed += 1;
  }
  if (broken && failed === 0) failed = 1;
  const good = failed === 0 && passed > 0;
  process.exitCode = good ? 0 : 1;
  process.on("exit", () => {
    console.log(`test result: ${good ? "ok" : "FAILED"}. ${passed} passed; ${failed} failed; in the browser${isProduction ? ", on the services of production" : ""}`);
  });
});
