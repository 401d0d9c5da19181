// A platform that starts a web service with the operator's variables, probes it, stands before it with
// TLS, and puts it to sleep.
import { readFileSync } from "node:fs";
import { request as ask } from "node:http";
import { createServer } from "node:https";

import { program, run, start, temporaryFolder } from "../harness/process.js";
import { freePort, sleep, until } from "../harness/wait.js";

// What the platform itself says to every service.
const own = (domain) => ({ RENDER: "true", RENDER_EXTERNAL_URL: `https://${domain}` });

export async function startRender(domain, { key, certificate }, authority) {
  const folder = temporaryFolder("render");
  const port = await freePort();
  const variables = {};
  let service;
  let asleep = false;
  const environment = () => ({
    ...variables,
    ...own(domain),
    PORT: String(port), // as the guide has it where nothing else is on this machine
    SSL_CERT_FILE: authority, // what the machine's system believes
    NEOPRO_DATA: folder.path,
    NEOPRO_HOST: "127.0.0.1",
  });
  const isWell = async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  const launch = async () => {
    service = start("render", program("neopro"), ["serve"], { env: environment() });
    await until("the health check passes", async () => (service.alive(), isWell()));
  };
  const wake = async () => {
    // Long enough for the page to say so; half a minute in truth.
    await sleep(4_000);
    await launch();
  };
  let waking;
  let wire; // another build's, where one is to be seen
  const forward = async (client, answer) => {
    if (asleep) {
      waking ??= wake().then(() => ((asleep = false), (waking = undefined)));
      await waking;
    }
    const headers = {
      ...client.headers,
      "x-forwarded-proto": "https",
      "x-forwarded-for": client.socket.remoteAddress,
    };
    const { method, url } = client;
    const server = ask({ host: "127.0.0.1", port, method, path: url, headers, agent: false }, (given) => {
      const named = given.headers["neopro-wire"];
      const raw = wire && named ? given.rawHeaders.map((value) => (value === named ? wire : value)) : given.rawHeaders;
      answer.writeHead(given.statusCode, raw);
      given.on("error", () => answer.destroy()).pipe(answer);
    });
    server.on("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on("close", () => server.destroy());
    client.pipe(server);
  };
  const front = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, forward);
  await new Promise((ready) => front.listen(0, "127.0.0.1", ready));
  return {
    port: front.address().port,
    variables,
    // « Save Changes »: the service starts again.
    async deploy(changed = {}) {
      Object.assign(variables, changed);
      await service?.stop();
      await launch();
    },
    // Ends by itself; its words.
    refuse: (changed) =>
      run(program("neopro"), ["serve"], { env: { ...environment(), ...changed } }).then(
        () => assertNever(),
        (error) => error.message,
      ),
    // A command in the platform's shell.
    shell: (args, { input, changed = {} } = {}) =>
      run(program("neopro"), args, { env: { ...environment(), ...changed }, input }),
    // Its address for programs of the same machine.
    inside: () => `http://127.0.0.1:${port}`,
    logs: () => service.text(),
    // As if a newer server answered.
    isOf: (build) => (wire = build),
    async sleep() {
      await service.stop();
      asleep = true;
    },
    async stop() {
      front.closeAllConnections();
      front.close();
      await service?.stop();
      folder.remove();
    },
  };
}

function assertNever() {
  throw new Error("the server should not have started");
}
