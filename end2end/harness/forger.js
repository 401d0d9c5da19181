// Who would like a play to count that was never shown.
import { createServer } from "node:http";

// In a page: asks what the TV shows, and says of it that it came to its end.
export async function forge(report) {
  const post = (address, body) =>
    fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const shown = await post(report.replace("report", "lease"), { visibility: "visible" });
  const { view } = await shown.json();
  const clip = { token: view.current.token, state: "ended", frames: 9999, media_ms: 9_999_999 };
  const response = await post(report, { lease: "0".repeat(32), visibility: "visible", clip });
  return { status: response.status, sentence: (await response.json()).message };
}

// A page of another origin on this machine.
export async function startBlankPage() {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Ailleurs</title>");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://localhost:${server.address().port}`,
    stop() {
      const stopped = new Promise((closed) => server.close(closed));
      server.closeAllConnections(); // a browser would keep its own open
      return stopped;
    },
  };
}
