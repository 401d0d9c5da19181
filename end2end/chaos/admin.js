// An administrator, through the REST API, who tries again when the server is away.
import { createHash } from "node:crypto";

import { sleep } from "../harness/wait.js";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// A server that was killed is back within this many tries.
const TRIES = 150;
// Small parts with pauses, as from a train: most deaths of the server fall into an upload.
const PART_BYTES = 1024 * 1024;
const PAUSE_MS = 80;

export async function signIn(url, { email, password }) {
  const json = { "content-type": "application/json", origin: url };
  const body = JSON.stringify({ email, password });
  const answer = await fetch(`${url}/api/v1/session`, { method: "POST", headers: json, body });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  return new Admin(url, { cookie, origin: url });
}

class Admin {
  resumed = 0; // uploads that went on after a break

  constructor(url, headers) {
    this.url = url;
    this.headers = headers;
  }

  // The whole answer to one request; a refusal is an error, a server that dies meanwhile is not.
  async ask(method, path, body, type = "application/json") {
    const headers = { ...this.headers, ...(body !== undefined && { "content-type": type }) };
    const sent = type === "application/json" && body !== undefined ? JSON.stringify(body) : body;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await fetch(`${this.url}${path}`, { method, headers, body: sent });
        const bytes = Buffer.from(await answer.arrayBuffer());
        if (answer.ok) return bytes;
        if (answer.status < 500) {
          const refusal = `${method} ${path}: ${answer.status} ${bytes}`;
          throw Object.assign(new Error(refusal), { final: true });
        }
      } catch (error) {
        if (error.final || attempt === TRIES) throw error;
      }
      await sleep(200);
    }
  }

  async json(method, path, body) {
    return JSON.parse(await this.ask(method, path, body));
  }

  createSite(name) {
    return this.json("POST", "/api/v1/sites", { name, club: "", city: "", time_zone: "Europe/Paris" });
  }

  site(id) {
    return this.json("GET", `/api/v1/sites/${id}`);
  }

  // Links the screen behind a code, or does nothing where the code is dead already.
  async accept(site, code) {
    await this.ask("POST", `/api/v1/sites/${site}/player`, { code }).catch((error) => {
      if (!error.final) throw error;
    });
  }

  async publish(site, videos) {
    const { published } = await this.json("GET", `/api/v1/sites/${site}/loop`);
    const loop = { base_version: published?.version ?? null, videos, comment: "" };
    // Refused when an earlier try was taken and its answer lost: then it is published.
    await this.ask("POST", `/api/v1/sites/${site}/configurations`, loop).catch((error) => {
      if (!error.message.includes("configuration_changed")) throw error;
    });
  }

  // Sends a file part by part, from where the server has it, until it is in the library.
  async upload(name, bytes) {
    const whole = { file_name: name, size: bytes.length, modified_ms: 0, sha256: sha256(bytes) };
    for (let begun = 0; ; begun += 1) {
      const upload = await this.json("POST", "/api/v1/uploads", whole);
      if (begun > 0 && upload.received > 0) this.resumed += 1;
      try {
        return await this.#send(upload, bytes);
      } catch (error) {
        if (error.final) throw error;
      }
    }
  }

  async #send({ id, received }, bytes) {
    const headers = { ...this.headers, "content-type": "application/octet-stream" };
    let offset = received;
    while (offset < bytes.length) {
      const part = bytes.subarray(offset, offset + PART_BYTES);
      const path = `/api/v1/uploads/${id}/chunks?offset=${offset}&sha256=${sha256(part)}`;
      const answer = await fetch(`${this.url}${path}`, { method: "PUT", headers, body: part });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      offset = (await answer.json()).received;
      await sleep(PAUSE_MS);
    }
    return (await this.json("POST", `/api/v1/uploads/${id}/complete`)).video;
  }

  async videos() {
    return (await this.json("GET", "/api/v1/videos?per_page=100")).items;
  }

  file(video) {
    return this.ask("GET", `/api/v1/videos/${video}/file`);
  }

  // The ids of every play that is stored of a site, those kept apart included.
  async plays(site) {
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const range = `from=${day(-300)}&to=${day(60)}&site=${site}`;
    const table = await this.ask("GET", `/api/v1/plays.csv?${range}`);
    const [header, ...lines] = table.toString().trim().split("\r\n");
    // From the end: names may have a semicolon of their own.
    const place = header.split(";").reverse().indexOf("Identifiant");
    return lines.map((line) => line.split(";").at(-1 - place).replaceAll('"', ""));
  }

  // How many plays the daily counts of a site add up to.
  async counted(site) {
    const { total, quarantined } = await this.json("GET", `/api/v1/plays/report?site=${site}`);
    return Object.values(total).reduce((sum, count) => sum + count, quarantined);
  }
}
