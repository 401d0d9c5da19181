// Real programs: started with a clean environment, logged to output/, stopped as a service would be.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
// Logs and pictures; those of a run on the services of production stand in a folder of their own.
export const output = join(fileURLToPath(new URL("../output", import.meta.url)), process.env.STACK ?? "");

// A program of ours in the profile that the tests use.
export const program = (name) => join(root, "target", process.env.PROFILE ?? "debug", name);

export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `neopro-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// Nothing of the developer's own settings reaches a program under test.
function cleanEnvironment(extra) {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR", "RUST_LOG", "RUST_BACKTRACE"];
  const base = kept.filter((key) => key in process.env).map((key) => [key, process.env[key]]);
  return { ...Object.fromEntries(base), ...extra };
}

// Runs to the end; rejects when it fails.
export function run(command, args, { env = {}, input = "" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: cleanEnvironment(env) });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}\n${out}${err}`));
    });
    child.stdin.on("error", () => {}); // it ended before it read anything
    child.stdin.end(input);
  });
}

// Starts and keeps it; `stop` asks politely, then waits.
export function start(name, command, args, { env = {} } = {}) {
  mkdirSync(output, { recursive: true });
  const log = createWriteStream(join(output, `${name}.log`), { flags: "a" });
  const child = spawn(command, args, {
    cwd: root,
    env: cleanEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
      log.write(chunk);
    });
  }
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, signal: error.message }));
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  let end = null;
  ended.then((result) => {
    end = result;
    log.end();
  });
  return {
    text: () => text,
    // Throws when the program ended by itself.
    alive() {
      if (!end) return;
      const error = new Error(`${name} ended with ${end.code ?? end.signal}:\n${text.slice(-4000)}`);
      throw Object.assign(error, { final: true });
    },
    pid: child.pid,
    stop() {
      if (!end) child.kill("SIGTERM");
      return ended;
    },
    ended,
    // As a power cut does it: nothing is asked.
    kill() {
      if (!end) child.kill("SIGKILL");
      return ended;
    },
  };
}
