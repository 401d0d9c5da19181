// The server as a script meets it: the REST API with a session, without a browser.
import { createHash } from "node:crypto";

export async function scriptOf(server, { email, password }) {
  const head = { "content-type": "application/json", origin: server.url };
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: "POST",
    headers: head,
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const headers = { origin: server.url, cookie };
  // Rejects when the server goes away.
  const ask = async (method, path, body) => {
    const isFile = body instanceof Uint8Array;
    const type = isFile ? "application/octet-stream" : "application/json";
    const reply = await fetch(`${server.url}/api/v1/${path}`, {
      method,
      headers: { ...headers, "content-type": type },
      body: isFile || body === undefined ? body : JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, json: text ? JSON.parse(text) : null };
  };
  return Object.assign(ask, { headers });
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
