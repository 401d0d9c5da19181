// The tests in the browser on both stacks at the same time: what they wait for on one, the other uses.
import { spawn } from "node:child_process";

const run = new URL("run.js", import.meta.url).pathname;

// What it prints comes at its end, in one piece.
function on(stack) {
  return new Promise((resolve) => {
    const env = { ...process.env, STACK: stack };
    const child = spawn(process.execPath, [run], { env, stdio: ["ignore", "pipe", "pipe"] });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
    child.on("close", (code) => {
      console.log(`\nOn the ${stack} stack`);
      process.stdout.write(Buffer.concat(printed));
      resolve(code);
    });
  });
}

const codes = await Promise.all(["embedded", "production"].map(on));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
