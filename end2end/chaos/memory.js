// How much memory a process takes, looked at again and again.
import { readFileSync } from "node:fs";

const EVERY_MS = 200;

// Bytes that a process holds in memory, as the kernel counts them; 0 when it is gone.
function resident(pid) {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

// Watches from now on, against what the process holds now; `stop` says by how much it grew at most.
export function watchMemory(pid) {
  const first = resident(pid);
  let most = first;
  const looks = setInterval(() => (most = Math.max(most, resident(pid))), EVERY_MS);
  return {
    stop() {
      clearInterval(looks);
      return most - first;
    },
  };
}
