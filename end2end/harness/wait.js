// Waiting for what comes, with a sentence when it does not.
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export { sleep };

// Asks until the answer is truthy, and returns it.
export async function until(what, ask, { seconds = 30, every = 0.25 } = {}) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      if (error.final) throw error; // no use asking again
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`after ${seconds} s still not: ${what}`, { cause: last });
    }
    await sleep(every * 1000);
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
