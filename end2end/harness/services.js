// The services of production, each real, with data of its own: PostgreSQL behind PgBouncer in
// transaction mode, Redis that keeps what it was told, an object store.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

import { program, start, temporaryFolder } from "./process.js";
import { STORE_SECRET } from "./secrets.js";
import { freePort, until } from "./wait.js";

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => (socket.destroy(), resolve(true))).on("error", () => resolve(false));
  });

// PostgreSQL and PgBouncer refuse to run as root.
const unprivileged = (command, args) =>
  process.getuid() === 0
    ? ["setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", command, ...args]]
    : [command, args];

function open(name) {
  const folder = temporaryFolder(name);
  chmodSync(folder.path, 0o777);
  return folder;
}

// A service that can be stopped and started where it was.
async function service(name, port, command, args) {
  let running;
  const launch = async () => {
    running = start(name, command, args);
    await until(`${name} listens`, () => (running.alive(), listens(port)), { every: 0.05 });
  };
  await launch();
  return { port, startAgain: launch, kill: () => running.kill(), stop: () => running.stop() };
}

function binaries() {
  const versions = readdirSync("/usr/lib/postgresql").map((name) => `/usr/lib/postgresql/${name}/bin`);
  return versions.filter((path) => existsSync(join(path, "initdb"))).at(-1);
}

// Says something to a PostgreSQL that a test started; gives what it prints.
export function askPostgres(port, statement) {
  const asked = ["-h", "127.0.0.1", "-p", String(port), "-U", "neopro", "-d", "postgres", "-At", "-c", statement];
  const answer = spawnSync(join(binaries(), "psql"), asked, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (answer.status !== 0) throw new Error(answer.stderr);
  return answer.stdout.trim();
}

export async function startPostgres() {
  const folder = open("postgres");
  const data = join(folder.path, "data");
  const init = unprivileged(join(binaries(), "initdb"), ["--auth=trust", "--username=neopro", "--encoding=UTF8", "-D", data]);
  const made = spawnSync(...init, { cwd: "/" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const args = ["-D", data, "-k", folder.path, "-h", "127.0.0.1", "-p", String(port)];
  const postgres = await service("postgres", port, ...unprivileged(join(binaries(), "postgres"), args));
  const psql = (statement) => askPostgres(port, statement);
  await until("PostgreSQL answers", () => psql("SELECT 1") === "1");
  return { ...postgres, psql, stop: () => postgres.stop().then(() => folder.remove()) };
}

// `login`: who may come in, by password; else everybody may. `tls`: its key and certificate.
export async function startPgBouncer(postgres, { login, pool = 8, tls } = {}) {
  const folder = open("pgbouncer");
  const [port, file] = [await freePort(), join(folder.path, "pgbouncer.ini")];
  const users = join(folder.path, "users.txt");
  if (login) writeFileSync(users, `"${login.user}" "${login.password}"\n`);
  const auth = login ? `auth_type = scram-sha-256\nauth_file = ${users}` : "auth_type = any";
  const keys = tls && { key: join(folder.path, "key.pem"), certificate: join(folder.path, "certificate.pem") };
  for (const name of Object.keys(keys ?? {})) copyFileSync(tls[name], keys[name]);
  for (const path of Object.values(keys ?? {})) chmodSync(path, 0o644);
  const encrypted = keys
    ? `client_tls_sslmode = require\nclient_tls_key_file = ${keys.key}\nclient_tls_cert_file = ${keys.certificate}`
    : "";
  const settings = `[databases]
* = host=127.0.0.1 port=${postgres.port} user=neopro
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
${auth}
pool_mode = transaction
default_pool_size = ${pool}
max_client_conn = 500
${encrypted}
`;
  writeFileSync(file, settings);
  const pooler = await service("pgbouncer", port, ...unprivileged("/usr/sbin/pgbouncer", ["-q", file]));
  const who = login ? `${login.user}:${login.password}` : "neopro";
  const url = `postgresql://${who}@127.0.0.1:${port}/postgres?pgbouncer=true`;
  return { ...pooler, url, stop: () => pooler.stop().then(() => folder.remove()) };
}

// `tls`: its key and certificate, else it speaks in clear; `password`: of the user `default`.
export async function startRedis({ tls, password } = {}) {
  const folder = temporaryFolder("redis");
  const port = await freePort();
  const keys = tls && ["--tls-port", String(port), "--port", "0", "--tls-cert-file", tls.certificate, "--tls-key-file", tls.key, "--tls-auth-clients", "no"];
  const args = [...(keys ?? ["--port", String(port)]), "--bind", "127.0.0.1", "--dir", folder.path];
  const pass = password ? ["--requirepass", password] : [];
  const redis = await service("redis", port, "redis-server", [...args, ...pass, "--save", "", "--appendonly", "yes"]);
  const url = `${tls ? "rediss" : "redis"}://${password ? `default:${password}@` : ""}127.0.0.1:${port}`;
  const flush = () => {
    const asked = ["-p", String(port), ...(tls ? ["--tls", "--insecure"] : []), ...(password ? ["-a", password, "--no-auth-warning"] : []), "FLUSHALL"];
    const answer = spawnSync("redis-cli", asked, { encoding: "utf8" });
    if (answer.stdout.trim() !== "OK") throw new Error(`FLUSHALL: ${answer.stdout}${answer.stderr}`);
  };
  return { ...redis, url, flush, stop: () => redis.stop().then(() => folder.remove()) };
}

// `env` is what the server needs to know of it, where it is reached through `port`. `origin`: whose pages
// may send it parts of films.
export async function startObjectStore({ origin } = {}) {
  const folder = temporaryFolder("store");
  mkdirSync(folder.path, { recursive: true });
  const port = await freePort();
  const store = await service("store", port, program("examples/object_store"), [folder.path, String(port), ...(origin ? [origin] : [])]);
  const env = (at = port) => ({
    S3_ENDPOINT: `http://127.0.0.1:${at}`,
    S3_ACCESS_KEY_ID: "neopro-test",
    S3_SECRET_ACCESS_KEY: STORE_SECRET,
  });
  const key = { port, region: "us-east-1", id: "neopro-test", secret: STORE_SECRET };
  return { ...store, env, key, stop: () => store.stop().then(() => folder.remove()) };
}
